package dashboards

import (
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
)

// OnlyRuntime reports whether a list has only metrics of the runtime and the process, like golang.DefaultCollector.
// Then it is not the catalogue of a whole page.
func OnlyRuntime(exposes metric.Catalogue) bool { return len(exposes.Without(golang.All)) == 0 }
