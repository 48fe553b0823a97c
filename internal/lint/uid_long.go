package lint

var uidLong = Rule{
	Name: "uid-long", Group: Boards, Severity: Error,
	Doc: "A uid has at most 40 characters, letters, digits, - and _. Grafana refuses another one.",
	Board: func(p *Pass, b *Board) {
		switch {
		case len(b.UID) > 40:
			p.Board(b, "", b.Node.At("uid"), "the uid has %d characters, and Grafana takes at most 40", len(b.UID))
		case b.UID != "" && !uidCharacters.MatchString(b.UID):
			p.Board(b, "", b.Node.At("uid"), "the uid %q has characters that Grafana refuses", b.UID)
		}
	},
}
