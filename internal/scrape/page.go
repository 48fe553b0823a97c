package scrape

import (
	"errors"
	"fmt"
	"hash/maphash"
	"strconv"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

// page holds a page's declarations and samples before they are joined into families. A page may declare a family
// after its samples, or mix the samples of several families.
type page struct {
	protobuf bool // names have no escapes
	declared []declaration
	open     bool // no sample has followed the last declaration yet
	samples  []Sample
	names    map[string]bool // of families and series
	budget   budget
	seed     maphash.Seed
	seen     map[uint64]bool // hash of each sample's series and time
	key      []byte          // of the last sample; its memory is reused
}

// declaration is the metadata of one name in adjacent lines. A page may have several for a name. In OpenMetrics that
// is valid: client_golang's go_memstats_alloc_bytes is a gauge and, with _total in its samples, a counter.
type declaration struct {
	name             string
	help, unit       string
	kind             Kind
	hasHelp, hasUnit bool
}

func newPage(l limits) *page {
	return &page{budget: l.budget(), names: map[string]bool{}, seed: maphash.MakeSeed(), seen: map[uint64]bool{}}
}

func (p *page) declareHelp(name, help []byte) error {
	d, err := p.declaration(name, func(d declaration) bool { return d.hasHelp })
	d.help, d.hasHelp = string(help), true
	return err
}

func (p *page) declareUnit(name, unit []byte) error {
	d, err := p.declaration(name, func(d declaration) bool { return d.hasUnit })
	d.unit, d.hasUnit = string(unit), true
	return err
}

func (p *page) declareKind(name []byte, kind Kind) error {
	d, err := p.declaration(name, func(d declaration) bool { return d.kind != "" })
	d.kind = kind
	return err
}

var unescape = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n")

// declaration returns the declaration of the lines just before, or a new one: where the name differs, a sample came
// between, or the line repeats what is set.
func (p *page) declaration(name []byte, said func(declaration) bool) (*declaration, error) {
	key := string(name)
	if !p.protobuf {
		key = unescape.Replace(key) // the parser removes escapes only in samples' names
	}
	if key == "" {
		return &declaration{}, errors.New("a family has no name")
	}
	if last := len(p.declared) - 1; p.open && p.declared[last].name == key && !said(p.declared[last]) {
		return &p.declared[last], nil
	}
	if p.budget.declared--; p.budget.declared < 0 {
		return &declaration{}, p.budget.tooMany()
	}
	if err := p.addName(key); err != nil {
		return &declaration{}, err
	}
	p.declared, p.open = append(p.declared, declaration{name: key}), true
	return &p.declared[len(p.declared)-1], nil
}

// addName counts a name. A page of a million small families takes far more memory than one of a million samples.
func (p *page) addName(name string) error {
	if p.names[name] {
		return nil
	}
	if len(p.names) == p.budget.names() {
		return p.budget.tooManyNames()
	}
	p.names[name] = true
	return nil
}

// complete adds what d does not have yet from a later declaration. Where they differ, the first counts.
func (d *declaration) complete(later declaration) {
	if !d.hasHelp {
		d.help, d.hasHelp = later.help, later.hasHelp
	}
	if !d.hasUnit {
		d.unit, d.hasUnit = later.unit, later.hasUnit
	}
	if d.kind == "" {
		d.kind = later.kind
	}
}

// addSample takes name, labels and time from the parser's current entry.
func (p *page) addSample(parser textparse.Parser, sample Sample, timestamp *int64) error {
	p.open = false
	var set labels.Labels
	parser.Labels(&set)
	if err := p.budget.take(set.ByteSize()); err != nil {
		return err
	}
	if err := validate(set); err != nil {
		return err
	}
	if timestamp != nil {
		sample.Timestamp = *timestamp
	}
	if p.isDuplicate(set, sample.Timestamp) {
		return nil
	}
	sample.Labels = make(Labels, 0, set.Len()-1)
	set.Range(func(l labels.Label) {
		if l.Name == model.MetricNameLabel {
			sample.Name = l.Value
			return
		}
		sample.Labels = append(sample.Labels, Label{Name: l.Name, Value: l.Value})
	})
	p.samples = append(p.samples, sample)
	return p.addName(sample.Name)
}

// validate refuses what Prometheus would refuse to store.
func validate(set labels.Labels) error {
	if set.Get(model.MetricNameLabel) == "" {
		return errors.New("a sample has no name")
	}
	if set.Has("") {
		return fmt.Errorf("%s: a label has no name", quoted(set.Get(model.MetricNameLabel)))
	}
	if name, twice := set.HasDuplicateLabelNames(); twice {
		return fmt.Errorf("%s: label %s twice in one series", quoted(set.Get(model.MetricNameLabel)), quoted(name))
	}
	return nil
}

// isDuplicate relies on a 64-bit hash. The page cannot know its seed.
func (p *page) isDuplicate(set labels.Labels, timestamp int64) bool {
	p.key = strconv.AppendInt(set.WithoutEmpty().Bytes(p.key), timestamp, 10)
	hash := maphash.Bytes(p.seed, p.key)
	duplicate := p.seen[hash]
	p.seen[hash] = true
	return duplicate
}
