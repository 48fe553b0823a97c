package scrape

import (
	"errors"
	"fmt"
	"hash/maphash"
	"strconv"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

// page is what a page declares and contains, before samples and families are brought together: a page may declare a
// family after its samples, or mix the samples of several.
type page struct {
	protobuf bool // names are as they are, with no escapes to undo
	declared []declaration
	open     bool // the last declaration has not been followed by a sample yet
	samples  []Sample
	budget   budget
	seed     maphash.Seed
	seen     map[uint64]bool // hashes of series and time of every sample
	key      []byte          // of the last sample, kept for its memory
}

// declaration is what adjacent lines of metadata say of one name. A page may have several for a name, and in OpenMetrics
// rightly so: client_golang's go_memstats_alloc_bytes is a gauge and, with _total behind its samples, a counter.
type declaration struct {
	name             string
	help, unit       string
	kind             Kind
	hasHelp, hasUnit bool
}

func newPage() *page {
	return &page{budget: newBudget(), seed: maphash.MakeSeed(), seen: map[uint64]bool{}}
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

// declaration is the one that the lines just before belong to, or a new one: where the name differs, a sample came
// between, or the line is said already.
func (p *page) declaration(name []byte, said func(declaration) bool) (*declaration, error) {
	key := string(name)
	if !p.protobuf {
		key = unescape.Replace(key) // the parser undoes the escapes of a quoted name in samples only
	}
	if key == "" {
		return &declaration{}, errors.New("a family has no name")
	}
	if last := len(p.declared) - 1; p.open && p.declared[last].name == key && !said(p.declared[last]) {
		return &p.declared[last], nil
	}
	if p.budget.declared--; p.budget.declared < 0 {
		return &declaration{}, errTooMany
	}
	p.declared, p.open = append(p.declared, declaration{name: key}), true
	return &p.declared[len(p.declared)-1], nil
}

// complete takes over from a later declaration what d lacks: where a page says a thing twice, the first holds.
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

// addSample fills in name, labels and time from the parser's current entry.
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
		if l.Name == labels.MetricName {
			sample.Name = l.Value
			return
		}
		sample.Labels = append(sample.Labels, Label{Name: l.Name, Value: l.Value})
	})
	p.samples = append(p.samples, sample)
	return nil
}

// validate refuses what Prometheus would refuse to store.
func validate(set labels.Labels) error {
	if set.Get(labels.MetricName) == "" {
		return errors.New("a sample has no name")
	}
	if set.Has("") {
		return fmt.Errorf("%s: a label has no name", quoted(set.Get(labels.MetricName)))
	}
	if name, twice := set.HasDuplicateLabelNames(); twice {
		return fmt.Errorf("%s: label %s twice in one series", quoted(set.Get(labels.MetricName)), quoted(name))
	}
	return nil
}

// isDuplicate trusts a hash of 64 bits under a seed that the page cannot know.
func (p *page) isDuplicate(set labels.Labels, timestamp int64) bool {
	p.key = strconv.AppendInt(set.WithoutEmpty().Bytes(p.key), timestamp, 10)
	hash := maphash.Bytes(p.seed, p.key)
	duplicate := p.seen[hash]
	p.seen[hash] = true
	return duplicate
}
