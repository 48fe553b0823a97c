package lint

import "path"

var uidTwice = Rule{
	Name: "uid-twice", Group: Boards, Severity: Error,
	Doc: "Two boards of the files have one uid: Grafana keeps only one of them, and which one changes.",
	Files: func(p *Pass, f *Files) {
		first := map[string]*Board{}
		for _, b := range f.Boards() {
			other := first[b.UID]
			switch {
			case b.UID == "":
			case other == nil:
				first[b.UID] = b
			case !isCopy(b, other):
				f := p.Board(b, "", b.Node.At("uid"), "the uid is also that of %q in %s", other.Title, other.File.Path)
				if path.Dir(b.File.Path) != path.Dir(other.File.Path) { // perhaps for another Grafana
					f.Severity = Warning
				}
			}
		}
	},
}
