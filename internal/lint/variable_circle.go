package lint

import (
	"strings"

	"gaugewright/internal/query"
)

var variableCircle = Rule{
	Name: "variable-circle", Group: Boards, Severity: Error,
	Doc: "Variables need each other's values in a circle: Grafana can resolve none of them.",
	Board: func(p *Pass, b *Board) {
		needs := map[string][]string{}
		for _, v := range b.Variables {
			for _, ref := range query.References(v.Query + " " + v.Regex) {
				needs[v.Name] = append(needs[v.Name], ref.Name)
			}
		}
		seen := map[string]bool{}
		for _, v := range b.Variables {
			if circle := circleFrom(v.Name, needs); circle != nil && !seen[v.Name] {
				for _, name := range circle {
					seen[name] = true
				}
				p.Board(b, "variable "+v.Name, v.Node, "it needs itself: %s", strings.Join(append(circle, v.Name), " needs "))
			}
		}
	},
}
