package lint

var alertBoard = Rule{
	Name: "alert-board", Group: Alerts, Severity: Error,
	Doc: "The alert links to a board or a panel that is none of the files, though nearly: who follows the link finds nothing.",
	Prom: func(p *Pass, r *PromRule) {
		boards := p.Files.Boards()
		if len(boards) == 0 {
			return
		}
		var uids []string
		for _, b := range boards {
			uids = append(uids, b.UID)
		}
		for name, value := range r.Annotations {
			b, panelID, uid := p.Files.linked(value)
			at := r.line("annotations", name)
			switch {
			case uid == "":
			case b == nil:
				if near := mistyped(uid, uids); near != "" {
					p.Prom(r, at, "%s: there is no board %q: %s is near", name, uid, near)
				}
			case panelID != 0 && b.panel(panelID) == nil:
				p.Prom(r, at, "%s: the board %s has no panel with the id %d", name, uid, panelID)
			}
		}
	},
}
