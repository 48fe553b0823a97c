package lint

import (
	"gaugewright/internal/grafana"
)

var panelOverlap = Rule{
	Name: "panel-overlap", Group: Panels, Severity: Error,
	Doc: "Two panels are in the same place of the grid. Grafana pushes one of them away, and the board looks other than it was made.",
	Board: func(p *Pass, b *Board) {
		eachGrid(b.Layout, func(items []grafana.Item) {
			for i, item := range items {
				for _, other := range items[:i] {
					if overlap(item.Position, other.Position) {
						p.Panel(b.Panels[item.Panel], nil, "it overlaps %q", b.Panels[other.Panel].At().Panel)
						break
					}
				}
			}
		})
	},
}
