package lint

var idTwice = Rule{
	Name: "id-twice", Group: Panels, Severity: Error,
	Doc: "Two panels have one id: a link or an alert to it opens either, and Grafana renumbers one of them without a word.",
	Board: func(p *Pass, b *Board) {
		first := map[int]*Panel{}
		for _, panel := range b.Panels {
			if panel.ID == 0 || panel.Unplaced {
				continue
			}
			if other := first[panel.ID]; other != nil {
				p.Panel(panel, nil, "the id %d is also that of %q", panel.ID, other.At().Panel)
			} else {
				first[panel.ID] = panel
			}
		}
	},
}
