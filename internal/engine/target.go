package engine

import (
	"cmp"
	"slices"

	"github.com/prometheus/prometheus/model/labels"

	"gaugewright/internal/scrape"
)

// target is what is remembered of a target from one scrape to the next.
type target struct {
	labels  labels.Labels
	scrapes int                 // so far
	known   map[string]*exposed // series as the page has them, since the last page with something on it
	before  map[*series]bool    // those that were present in the last scrape
}

// exposed is a series of the page and where it is stored.
type exposed struct {
	series *series
	scrape int // number of the last scrape that had it
}

// exposedKey is the series as the page has it.
func exposedKey(s scrape.Sample) string {
	key := make([]byte, 0, 200)
	key = append(key, s.Name...)
	for _, label := range s.Labels {
		key = append(append(key, 0xff), label.Name...) // in no UTF-8, so in no name
		key = append(append(key, 0xff), label.Value...)
	}
	return string(key)
}

// stored are the labels under which the target's series is stored: the target's own win, as with honor_labels false,
// and what the page has in their place is called exported_, as often as it takes to find a free name, short names
// first.
func (t *target) stored(s scrape.Sample) labels.Labels {
	set := labels.NewBuilder(labels.EmptyLabels()).Set(labels.MetricName, s.Name)
	for _, label := range s.Labels {
		set.Set(label.Name, label.Value)
	}
	var clashes []labels.Label
	t.labels.Range(func(own labels.Label) {
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
	}
	return set.Labels()
}
