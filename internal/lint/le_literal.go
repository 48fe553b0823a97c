package lint

import (
	"fmt"
	"strings"
)

var leLiteral = Rule{
	Name: "le-literal", Group: Queries, Severity: Error, Fixes: true,
	Doc: `Prometheus 3 stores le="1" and quantile="1" as "1.0": a matcher with the whole number finds nothing there, and one with ` +
		`"1.0" nothing before 3. A pattern finds both.`,
	Query: func(p *Pass, q *Query) {
		if p.Files.Server.Before(Version{3, 0}) {
			return
		}
		for _, s := range q.Selectors() {
			for _, m := range s.Selector.Matchers {
				if m.Label != "le" && m.Label != "quantile" || !wholeNumbers.MatchString(m.Value) || p.isStored(s.Selector.Metric, m) {
					continue
				}
				numbers := strings.Split(strings.Trim(m.Value, "()"), "|")
				stored := strings.Join(numbers, ".0 and ") + ".0"
				f := p.Query(q, m.Span, "Prometheus 3 stores %s as %s: this finds nothing there", strings.Join(numbers, " and "), stored)
				if op := map[string]string{"=": "=~", "!=": "!~", "=~": "=~", "!~": "!~"}[m.Op]; op != "" && (len(numbers) == 1 || strings.HasSuffix(m.Op, "~")) {
					f.write(q, fmt.Sprintf(`%s%s"%s|%s.0"`, m.Label, op, strings.Join(numbers, "|"), strings.Join(numbers, ".0|")))
				}
			}
		}
	},
}
