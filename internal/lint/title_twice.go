package lint

import (
	"strings"
)

var titleTwice = Rule{
	Name: "title-twice", Group: Boards, Severity: Warning,
	Doc: "Two boards of a folder have one title: nobody can tell them apart in a search.",
	Files: func(p *Pass, f *Files) {
		first := map[[3]string]*Board{}
		for _, b := range f.Boards() {
			folder := b.File.Path[:strings.LastIndex(b.File.Path, "/")+1]
			key := [3]string{folder, b.Folder, b.Title}
			switch other := first[key]; {
			case other == nil:
				first[key] = b
			case b.Title != "" && b.UID != other.UID:
				p.Board(b, "", b.Node.At("title"), "the title is also that of a board in %s", other.File.Path)
			}
		}
	},
}
