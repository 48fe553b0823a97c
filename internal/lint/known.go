package lint

import (
	"embed"
	"maps"
	"strings"
	"sync"

	"gaugewright/internal/scrape"
)

// The catalogue of well-known metrics: pages with the families of exporters that many boards are about, for boards that
// come without a page or a server. It has kinds, and the labels that the exporters themselves give. That a metric is not in
// it says nothing.
//
//go:embed known/*.prom
var knownPages embed.FS

// known returns the series of the catalogue.
var known = sync.OnceValue(func() map[string]*Series {
	m := &Metrics{series: map[string]*Series{}}
	entries, _ := knownPages.ReadDir("known")
	for _, entry := range entries {
		data, _ := knownPages.ReadFile("known/" + entry.Name())
		families, err := scrape.Read(strings.NewReader(string(data)), "text/plain")
		if err != nil {
			continue // TestKnown reads them all
		}
		for _, family := range families {
			m.addFamily(family, FromKnown)
		}
	}
	return maps.Clone(m.series)
})
