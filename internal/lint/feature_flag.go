package lint

import (
	"strings"

	"gaugewright/internal/query"
)

var featureFlag = Rule{
	Name: "feature-flag", Group: Queries, Severity: Warning,
	Doc: "The query works only on a Prometheus that runs with a feature flag, such as promql-experimental-functions.",
	Query: func(p *Pass, q *Query) {
		if name := q.Parsed.Experimental(); name != "" {
			at := strings.Index(q.Text, name)
			if at < 0 {
				return
			}
			p.Query(q, query.Span{Start: at, End: at + len(name)}, "%s is experimental: Prometheus refuses it without --enable-feature", name)
		}
	},
}
