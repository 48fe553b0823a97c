package lint

var uidMissing = Rule{
	Name: "uid-missing", Group: Boards, Severity: Warning,
	Doc: "The board has no uid. Grafana gives it another one at each import, and no link to it lasts.",
	Board: func(p *Pass, b *Board) {
		if b.UID == "" {
			p.Board(b, "", nil, "no uid: links to the board do not last")
		}
	},
}
