package lint

import (
	"slices"
	"strings"
)

var editableGenerated = Rule{
	Name: "editable-generated", Group: Boards, Severity: Warning,
	Doc: "The board says that it is generated, and can be edited: the next generation takes the edits away.",
	Board: func(p *Pass, b *Board) {
		says := strings.Join(append(slices.Clone(b.Tags), b.Description), " ")
		if b.Editable && generated.MatchString(says) {
			p.Board(b, "", b.Node.At("editable"), "it is generated, and editable")
		}
	},
}
