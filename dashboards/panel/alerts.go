package panel

import (
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// Alerts lists the alerts whose labels match the selector, firing ones first. The SDK has no package for Grafana's
// alert list, so this is its generic panel with the options in Grafana's documentation of alertlist.
func Alerts(title, description, selector string) *dashboard.PanelBuilder {
	return name(dashboard.NewPanelBuilder(), title, description).
		Type("alertlist").
		Options(map[string]any{
			"viewMode":                 "list",
			"groupMode":                "default",
			"maxItems":                 20,
			"sortOrder":                3, // by importance
			"dashboardAlerts":          false,
			"alertInstanceLabelFilter": selector,
			"stateFilter":              map[string]bool{"firing": true, "pending": true, "noData": false, "normal": false, "error": true},
		})
}
