package scrape

import (
	"maps"
	"slices"
	"strings"
)

// suffixes are those that the samples of a kind carry behind the family's name, in one format or another.
var suffixes = map[Kind][]string{
	Histogram:      {"_bucket", "_sum", "_count"},
	GaugeHistogram: {"_bucket", "_gsum", "_gcount", "_sum", "_count"},
	Summary:        {"_sum", "_count"},
}

// families brings declarations and samples together. A name that is declared itself comes before one that is another's
// with a suffix. What nobody declares is a family of its own, of unknown kind.
func (p *page) families() []Family {
	families := map[string]*Family{}
	for name, declared := range p.merged() {
		families[name] = declared.family()
	}
	owner := maps.Clone(families)
	for _, name := range slices.Sorted(maps.Keys(families)) {
		for _, suffix := range suffixes[families[name].Kind] {
			if owner[name+suffix] == nil {
				owner[name+suffix] = families[name]
			}
		}
	}
	for _, sample := range p.samples {
		if owner[sample.Name] == nil {
			family := (&declaration{name: sample.Name}).family()
			families[sample.Name], owner[sample.Name] = family, family
		}
		family := owner[sample.Name]
		family.Samples = append(family.Samples, sample)
	}
	list := make([]Family, 0, len(families))
	for _, name := range slices.Sorted(maps.Keys(families)) {
		list = append(list, *families[name])
	}
	return list
}

// merged is one declaration a name.
func (p *page) merged() map[string]*declaration {
	merged := map[string]*declaration{}
	for _, declared := range p.declared {
		if first := merged[declared.name]; first != nil {
			first.complete(declared)
		} else {
			merged[declared.name] = &declared
		}
	}
	return merged
}

func (d *declaration) family() *Family {
	kind := d.kind
	if kind == "" {
		kind = Unknown
	}
	return &Family{Name: d.name, Help: d.help, Kind: kind, Unit: d.unit}
}

// openMetricsFamilies gives the families the names that they have in the text format, then does as families.
func (p *page) openMetricsFamilies() []Family {
	sampled := map[string]bool{}
	for _, sample := range p.samples {
		sampled[sample.Name] = true
	}
	var created []declaration
	for i := range p.declared {
		declared := &p.declared[i]
		if name := declared.name + "_created"; sampled[name] && hasCreated[declared.kind] {
			created = append(created, declaration{name: name, help: declared.help, hasHelp: true, kind: Gauge})
		}
		declared.name = textName(declared.name, declared.kind, sampled)
	}
	p.declared = append(p.declared, created...)
	return p.families()
}

var hasCreated = map[Kind]bool{Counter: true, Histogram: true, Summary: true}

// textName is the family's name in the text format. Servers that declare a counter by its full name, against the
// specification, are common enough.
func textName(name string, kind Kind, sampled map[string]bool) string {
	suffix := map[Kind]string{Counter: "_total", Info: "_info"}[kind]
	full := name + suffix
	if !sampled[full] && (sampled[name] || strings.HasSuffix(name, suffix)) {
		return name
	}
	return full
}
