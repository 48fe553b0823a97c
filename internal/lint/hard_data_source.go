package lint

import (
	"cmp"
	"strings"
)

var hardDataSource = Rule{
	Name: "hard-data-source", Group: Boards, Severity: Warning,
	Doc: "The board asks a data source by its uid or name, which another Grafana does not have. A data source variable, or an input " +
		"of the export, lets it be chosen.",
	Board: func(p *Pass, b *Board) {
		seen := map[string]bool{}
		for _, q := range b.Queries {
			if q.Target == nil {
				continue
			}
			uid := cmp.Or(q.Target.Source.UID, q.Panel.Source.UID)
			if uid == "" || seen[uid] || isVariable(uid) || uid == "default" || strings.HasPrefix(uid, "-- ") || p.Files.hasDataSource(uid) {
				continue
			}
			seen[uid] = true
			p.Target(q, nil, "the data source %q is written out: another Grafana has none of that name", uid)
		}
	},
}
