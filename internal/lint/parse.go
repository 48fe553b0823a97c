package lint

import (
	"fmt"
	"strings"
)

var parse = Rule{
	Name: "parse", Group: Queries, Severity: Error,
	Doc: "Prometheus refuses the query: it is not PromQL, or a range without a function over it.",
	Query: func(p *Pass, q *Query) {
		isGraph := q.Panel != nil && q.Target.Range
		if part := q.Tree; (isGraph || q.Prom != nil) && (part.Subquery != nil || part.Selector != nil && part.Selector.Range != "") {
			p.Query(q, part.Span, "Prometheus refuses a range without a function over it, such as rate or max_over_time")
		}
	},
	Wrong: func(p *Pass, q *Query) {
		switch {
		case q.Err == nil || q.Err.Variable != "": // a variable may hold what is missing
		case q.Err.NotJudged:
			p.Skip(NotAll, fmt.Sprintf("%s: %s", q.At, q.Err.Message))
		case strings.Contains(q.Err.Message, "holt_winters") && p.Files.Server.Before(Version{3, 0}):
		case q.Variable != nil && q.Text != strings.TrimSpace(q.Text):
		default:
			f := p.Query(q, q.Err.Span, "not PromQL: %s", firstLine(q.Err.Message))
			if strings.Contains(q.Err.Message, "holt_winters") {
				f.Text += "; Prometheus 3 calls it double_exponential_smoothing"
			}
		}
	},
}
