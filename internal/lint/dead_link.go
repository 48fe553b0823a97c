package lint

import (
	"maps"
	"slices"

	"gaugewright/internal/grafana"
)

var deadLink = Rule{
	Name: "dead-link", Group: Boards, Severity: Warning,
	Doc: "A link names a board that is none of the files. Where another uid is nearly the same, it is a mistake; else the board may be " +
		"elsewhere.",
	Files: func(p *Pass, f *Files) {
		uids := map[string]bool{}
		for _, b := range f.Boards() {
			uids[b.UID] = true
		}
		if len(uids) < 2 {
			return // one board alone links to others
		}
		for _, b := range f.Boards() {
			b.eachLink(func(panel *Panel, link grafana.Link) {
				uid, ok := linkedBoard(link.URL)
				if !ok || uids[uid] {
					return
				}
				text := "the link %q leads to the board %q, which is none of the files"
				var finding *Finding
				if panel != nil {
					finding = p.Panel(panel, link.Node, text, link.Title, uid)
				} else {
					finding = p.Board(b, "", link.Node, text, link.Title, uid)
				}
				if near := mistyped(uid, slices.Collect(maps.Keys(uids))); near != "" {
					finding.Text += ": " + near + " is near"
					finding.Severity = Error
				}
			})
		}
	},
}
