package lint

var manyQueries = Rule{
	Name: "many-queries", Group: Panels, Severity: Warning,
	Doc: "The graph has more queries than a reader can tell apart by color.",
	Panel: func(p *Pass, panel *Panel) {
		if n := len(panel.Queries); n > mostQueries && (panel.Type == "timeseries" || panel.Type == "graph") {
			p.Panel(panel, nil, "%d queries in one graph: no one can tell them apart", n)
		}
	},
}
