package lint

import (
	"gaugewright/internal/grafana"
)

var missingElement = Rule{
	Name: "missing-element", Group: Boards, Severity: Error,
	Doc: "The layout places an element that the board does not have.",
	Board: func(p *Pass, b *Board) {
		if !b.V2 {
			return
		}
		var walk func(*grafana.Node)
		walk = func(n *grafana.Node) {
			if name := n.At("element", "name"); name.Exists() && !b.Node.At("elements", name.Text()).Exists() {
				p.Board(b, "", name, "the layout places %q, and there is no such element", name.Text())
			}
			for _, element := range n.List() {
				walk(element)
			}
			for _, m := range n.Members() {
				walk(m.Value)
			}
		}
		walk(b.Node.At("layout"))
	},
}
