package lint

var unplacedElement = Rule{
	Name: "unplaced-element", Group: Boards, Severity: Error,
	Doc: "No layout shows the element: the panel is in the file, and on no screen.",
	Panel: func(p *Pass, panel *Panel) {
		if panel.Unplaced {
			p.Panel(panel, nil, "no layout shows it")
		}
	},
}
