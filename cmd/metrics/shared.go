package main

import (
	"slices"
	"sync"

	"gaugewright/dashboards/metric/golang"
)

// goMetrics are the metrics of package golang, which any Go service may expose.
var goMetrics = sync.OnceValues(func() ([]entry, error) {
	return parseCatalogue("gaugewright/"+golangPath+"/golang.go", []byte(golang.Source), nil)
})

// shareGo marks the entries that package golang has with the same type and labels. A catalogue refers to those, so
// that its own variables are the service's own metrics.
func shareGo(entries []entry) ([]entry, error) {
	shared, err := goMetrics()
	if err != nil {
		return nil, err
	}
	known := byName(shared)
	entries = slices.Clone(entries)
	for i, e := range entries {
		k, ok := known[e.name]
		if ok && k.kind == e.kind && (e.noSeries || slices.Equal(k.labels, e.labels)) {
			entries[i].shared = k.ident
		}
	}
	return entries, nil
}

// own returns the entries that have a variable in the catalogue.
func own(entries []entry) []entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e entry) bool { return e.shared != "" })
}
