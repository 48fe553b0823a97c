package lint

import (
	"gaugewright/internal/grafana"
)

var offGrid = Rule{
	Name: "off-grid", Group: Panels, Severity: Error,
	Doc: "The panel reaches beyond the 24 columns of the grid, or has no size: Grafana cuts it, moves it or does not show it.",
	Board: func(p *Pass, b *Board) {
		eachGrid(b.Layout, func(items []grafana.Item) {
			for _, item := range items {
				switch at := item.Position; {
				case at == nil:
				case at.X < 0 || at.Y < 0 || at.X+at.W > columns:
					p.Panel(b.Panels[item.Panel], nil, "columns %d to %d: the grid has %d", at.X, at.X+at.W, columns)
				case at.W == 0 || at.H == 0:
					p.Panel(b.Panels[item.Panel], nil, "%d wide and %d high: it is not seen", at.W, at.H)
				}
			}
		})
	},
}
