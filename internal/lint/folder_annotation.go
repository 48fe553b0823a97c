package lint

var folderAnnotation = Rule{
	Name: "folder-annotation", Group: Boards, Severity: Warning,
	Doc: "The resource says its folder. Grafana refuses such a board when it is provisioned from a file.",
	Board: func(p *Pass, b *Board) {
		if at := b.Document.At("metadata", "annotations", "grafana.app/folder"); b.V2 && at.Exists() {
			p.Board(b, "", at, "a folder annotation: Grafana does not take the board from a file")
		}
	},
}
