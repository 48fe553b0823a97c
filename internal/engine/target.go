package engine

import (
	"cmp"
	"hash/maphash"
	"slices"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"

	"gaugewright/internal/scrape"
)

// target is the state of a target between scrapes.
type target struct {
	labels   labels.Labels
	seed     maphash.Seed
	scrapes  int                 // so far
	known    map[uint64]*exposed // series of the page by their hash, since the last page with samples
	before   map[*series]bool    // series of the last scrape
	exported map[string]string   // labels that the target hides, as in Outcome
}

// exposed is a series of the page and the stored series.
type exposed struct {
	series *series
	scrape int // number of the last scrape that had it
}

// hash identifies a series of the page. It relies on 64 bits: the page cannot know the seed.
func (p *pass) hash(s scrape.Sample) uint64 {
	key := append(p.key[:0], s.Name...)
	for _, label := range s.Labels {
		key = append(append(key, 0xff), label.Name...) // never in UTF-8, so never in a name
		key = append(append(key, 0xff), label.Value...)
	}
	p.key = key
	return maphash.Bytes(p.seed, key)
}

// stored returns the labels under which the series is stored. The target's labels win, as with honor_labels false. A
// label of the page with the same name gets the prefix exported_, repeated until the name is free; short names go
// first. With honor the page's label wins, even an empty one: then the series has no such label.
func (p *pass) stored(s scrape.Sample) labels.Labels {
	set := labels.NewBuilder(labels.EmptyLabels()).Set(model.MetricNameLabel, s.Name)
	for _, label := range s.Labels {
		set.Set(label.Name, label.Value)
	}
	var clashes []labels.Label
	p.labels.Range(func(own labels.Label) {
		if p.honor && s.Labels.Has(own.Name) {
			return
		}
		if exposed := set.Get(own.Name); exposed != "" {
			clashes = append(clashes, labels.Label{Name: own.Name, Value: exposed})
		}
		set.Set(own.Name, own.Value)
	})
	slices.SortStableFunc(clashes, func(a, b labels.Label) int { return cmp.Compare(len(a.Name), len(b.Name)) })
	for _, clash := range clashes {
		name := "exported_" + clash.Name
		for set.Get(name) != "" {
			name = "exported_" + name
		}
		set.Set(name, clash.Value)
		p.exported[name] = clash.Name
	}
	return set.Labels()
}
