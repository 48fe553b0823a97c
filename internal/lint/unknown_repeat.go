package lint

import (
	"gaugewright/internal/grafana"
)

var unknownRepeat = Rule{
	Name: "unknown-repeat", Group: Boards, Severity: Error,
	Doc: "A panel or a row is repeated for a variable that the board does not have: it is shown once, for nothing.",
	Board: func(p *Pass, b *Board) {
		seen := map[*grafana.Section]bool{}
		for _, panel := range b.Panels {
			names := map[string]bool{}
			for _, v := range panel.variables {
				names[v.Name] = true
			}
			if name := panel.Repeat.Variable; name != "" && !names[name] {
				p.Panel(panel, nil, "it is repeated for the variable %s, which there is not", name)
			}
			for _, section := range panel.Within {
				if name := section.Repeat.Variable; name != "" && !names[name] && !seen[section] {
					seen[section] = true
					p.Board(b, "row "+section.Title, section.Node, "it is repeated for the variable %s, which there is not", name)
				}
			}
		}
	},
}
