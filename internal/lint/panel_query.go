package lint

import (
	"slices"
)

var panelQuery = Rule{
	Name: "panel-query", Group: Panels, Severity: Error,
	Doc: "The panel has no query, so it is always empty.",
	Panel: func(p *Pass, panel *Panel) {
		hasData := panel.Content.At("snapshotData").Exists() || panel.LibraryUID != "" || panel.Library != ""
		if len(panel.Targets) == 0 && slices.Contains(queryPanels, panel.Type) && !hasData {
			p.Panel(panel, nil, "no query: the panel is always empty")
		}
	},
}
