package verify

import (
	"context"
	"fmt"
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
			why = l.String() + ". It names no metric, so it may be LogQL: nothing here says that it is PromQL"
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
