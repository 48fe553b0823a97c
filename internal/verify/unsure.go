package verify

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// unsure returns why it proves nothing that a query's selectors find no series: all that it needs and does not find may
// be there elsewhere. Else it is empty. isPromQL reports whether it is known that the query is for Prometheus.
func (r reading) unsure(isPromQL bool) string {
	why := ""
	for _, i := range r.query.Needed(r.presence) {
		switch l := r.lacks[i]; {
		case l.presence != query.Missing:
		case l.renamed != "":
			why = l.renamed
		case l.isNameless && !isPromQL:
			why = l.String() + ". It names no metric, so it may be LogQL: the board does not say the type of its data source"
		default:
			return ""
		}
	}
	return why
}

// isPrometheus reports whether a board says that a data source is a Prometheus, by its type or its name.
func isPrometheus(s grafana.Source) bool {
	return strings.Contains(s.Type, "prometheus") || strings.Contains(strings.ToLower(s.UID), "prom")
}

// isNameless reports whether a selector has no condition on the name of the metric, which is rare in PromQL.
func isNameless(s query.Selector) bool {
	return s.Metric == "" && !slices.ContainsFunc(s.Matchers, func(m query.Matcher) bool { return m.Label == "__name__" })
}

// exported is what Prometheus puts before a label of the page that the target has, too.
const exported = "exported_"

// renamed returns why a selector by a label such as exported_namespace may find series on a server: the page has a
// namespace, and the target of the server may have one, too. Else it is empty.
func (j *judge) renamed(ctx context.Context, s query.Selector, metric []map[string]string) (string, error) {
	own, err := j.ownLabels(ctx)
	for _, m := range s.Matchers {
		label, ok := strings.CutPrefix(m.Label, exported)
		if ok && j.mayRename(label, own) && len(valuesOf(label, metric)) > 0 && len(valuesOf(m.Label, metric)) == 0 {
			return fmt.Sprintf("%[1]s of %[2]s may exist on a server. Prometheus renames the page's label %[3]s to it if the target "+
				"has a label %[3]s too. verify does not know the labels of the server's targets", m.Label, s.Metric, label), err
		}
	}
	return "", err
}

// mayRename reports whether a server may store a label of the page under another name, while verify does not.
func (j *judge) mayRename(label string, own map[string]bool) bool {
	return !j.isServer() && !j.HonorLabels && !own[label] && label != "le" && label != "quantile" && label != "__name__"
}

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
