package scrape

import (
	"maps"
	"slices"
	"strings"
)

// suffixes are the suffixes of a kind's samples after the family's name, over all formats.
var suffixes = map[Kind][]string{
	Histogram:      {"_bucket", "_sum", "_count"},
	GaugeHistogram: {"_bucket", "_gsum", "_gcount", "_sum", "_count"},
	Summary:        {"_sum", "_count"},
}

// families joins declarations and samples. A declared name comes before another family's name with a suffix. An
// undeclared sample is a family of its own, of unknown kind.
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
	for i := range p.samples {
		name := p.samples[i].Name
		if owner[name] == nil {
			family := (&declaration{name: name}).family()
			families[name], owner[name] = family, family
		}
	}
	p.share(owner)
	list := make([]Family, 0, len(families))
	for _, name := range slices.Sorted(maps.Keys(families)) {
		list = append(list, *families[name])
	}
	return list
}

// share gives each family its samples, by the names of the series. Usually they are beside each other on the page, so nothing
// is copied.
func (p *page) share(owner map[string]*Family) {
	for begin, end := 0, 0; begin < len(p.samples); begin = end {
		family := owner[p.samples[begin].Name]
		for end < len(p.samples) && owner[p.samples[end].Name] == family {
			end++
		}
		if run := p.samples[begin:end:end]; family.Samples == nil {
			family.Samples = run
		} else {
			family.Samples = append(family.Samples, run...)
		}
	}
}

// merged returns one declaration for each name.
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

// openMetricsFamilies renames the families as in the text format, then works like families.
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

// textName returns the family's name in the text format. Many servers declare a counter by its full name, against the
// specification.
func textName(name string, kind Kind, sampled map[string]bool) string {
	suffix := map[Kind]string{Counter: "_total", Info: "_info"}[kind]
	full := name + suffix
	if !sampled[full] && (sampled[name] || strings.HasSuffix(name, suffix)) {
		return name
	}
	return full
}
