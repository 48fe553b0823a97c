package lint

import (
	"bytes"
	"slices"

	"gaugewright/internal/grafana"
)

var unusedVariable = Rule{
	Name: "unused-variable", Group: Boards, Severity: Warning,
	Doc: "Nothing on the board uses the variable: who changes it waits for an effect that does not come.",
	Board: func(p *Pass, b *Board) {
		if bytes.Contains(b.text(), []byte("__all_variables")) || slices.ContainsFunc(b.Links, func(l grafana.Link) bool {
			return l.Node.At("includeVars").Bool()
		}) {
			return // handed to other boards
		}
		used := b.usedNames()
		for _, v := range b.Variables {
			if v.Type == "adhoc" || v.Type == "groupby" || used[v.Name] > 0 {
				continue
			}
			p.Board(b, "variable "+v.Name, v.Node, "nothing uses it")
		}
	},
}
