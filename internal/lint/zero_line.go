package lint

import (
	"slices"

	"gaugewright/internal/query"
)

var zeroLine = Rule{
	Name: "zero-line", Group: Queries, Severity: Error,
	Doc: "vector(0) has no labels. Behind a query whose series have some, it is never replaced: it stands beside them, always, as a " +
		"line of its own.",
	Query: func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			o := part.Operation
			if o == nil || o.Op != "or" || o.Matching != nil || !part.Parts[1].Is("vector") {
				return true
			}
			for above := part.Parent; above != nil; above = above.Parent {
				if above.Aggregation != nil || above.Operation != nil && above.Operation.Vectors {
					return true // it is put together with them, or has no partner
				}
			}
			left := part.Parts[0]
			if names := keptOnPurpose(left); slices.ContainsFunc(names, isOnSeries) {
				p.Query(q, part.Parts[1].Span, "it has no labels, so it never stands in for the series by %s: it is always a line of its own", set(names))
			}
			return true
		})
	},
}

// outside are labels that one Prometheus among several gives to all it has, and a single one does not give.
var outside = setOf(`cluster cluster_name cluster_id k8s_cluster prometheus prometheus_replica replica region env environment datacenter data_center dc
tenant stage account`)

// isOnSeries reports whether the series can be supposed to have a label. Grouped by one that nothing has, there is one series
// without labels, which vector(0) then does replace.
func isOnSeries(label string) bool { return !outside[label] }
