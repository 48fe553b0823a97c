package verify

import (
	"context"
	"maps"
	"slices"

	"gaugewright/internal/query"
)

// ownLabels returns the labels of the targets.
func (j *judge) ownLabels(ctx context.Context) (map[string]bool, error) {
	own := map[string]bool{}
	up, err := j.find(ctx, "up", nil)
	for _, labels := range up {
		for name := range labels {
			own[name] = true
		}
	}
	return own, err
}

// fixedLabels returns the labels whose values the target, the scrape or the code determines: the labels of up, and
// their usual names where a server has no up.
func (j *judge) fixedLabels(ctx context.Context) (map[string]bool, error) {
	own, err := j.ownLabels(ctx)
	fixed := maps.Clone(own)
	for _, name := range []string{"__name__", "le", "quantile", "job", "instance", "cluster", "namespace", "pod"} {
		fixed[name] = true
	}
	return fixed, err
}

// mayRename reports whether a server may store a label of the page under another name, while verify does not.
func (j *judge) mayRename(label string, own map[string]bool) bool {
	return !j.isServer() && !j.HonorLabels && !own[label] && label != "le" && label != "quantile" && label != "__name__"
}

// labelsByName are the labels that the series of a name can have.
type labelsByName map[string]map[string]bool

func (l labelsByName) add(name, label string) {
	if l[name] == nil {
		l[name] = map[string]bool{}
	}
	l[name][label] = true
}

// series is a query.Catalogue.
func (l labelsByName) series(name string) (query.Series, bool) {
	labels, ok := l[name]
	return query.Series{Labels: slices.Sorted(maps.Keys(labels))}, ok
}

// labelsOf adds the labels that the series can have on a server.
func (j *judge) labelsOf(ctx context.Context, known labelsByName, found []map[string]string) error {
	own, err := j.ownLabels(ctx)
	for _, labels := range found {
		name := labels["__name__"]
		for label := range labels {
			known.add(name, label)
			if j.mayRename(label, own) {
				known.add(name, exported+label)
			}
		}
	}
	return err
}

// others returns the labels that the answer could have if its selectors took all series of their metrics, as they do for
// other values of the variables.
func (j *judge) others(ctx context.Context, q *query.Query) (query.LabelSet, error) {
	known := labelsByName{}
	for _, s := range q.Selectors() {
		found, err := j.find(ctx, s.Metric, nil)
		if err == nil {
			err = j.labelsOf(ctx, known, found)
		}
		if err != nil {
			return query.LabelSet{}, err
		}
	}
	set, _ := q.Labels(known.series)
	return set, nil
}
