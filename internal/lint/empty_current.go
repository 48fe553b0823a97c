package lint

var emptyCurrent = Rule{
	Name: "empty-current", Group: Boards, Severity: Error,
	Doc: "A variable of schema v2 has nothing in current: Grafana refuses the board when it is provisioned from a file.",
	Board: func(p *Pass, b *Board) {
		for _, v := range b.Variables {
			current := v.Spec.At("current")
			if b.V2 && current.IsObject() && len(current.Members()) == 0 {
				p.Board(b, "variable "+v.Name, current, "current is empty: Grafana does not take the board from a file")
			}
		}
	},
}
