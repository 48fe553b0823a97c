package lint

import (
	"embed"
	"strings"
	"sync"

	"gaugewright/dashboards/metric"
	"gaugewright/internal/scrape"
)

// The catalogue of well-known metrics, for boards that come without a page or a server: lines with the name of a family,
// its kind, and the labels that the exporter itself gives. That a metric is not in it says nothing.
//
//go:embed known/*.txt
var knownFiles embed.FS

// known returns the series of the catalogue.
var known = sync.OnceValue(func() map[string]*Series {
	all := map[string]*Series{}
	entries, _ := knownFiles.ReadDir("known") // what is embedded can be read
	for _, entry := range entries {
		data, _ := knownFiles.ReadFile("known/" + entry.Name())
		for line := range strings.Lines(string(data)) {
			if words := strings.Fields(line); len(words) > 1 && !strings.HasPrefix(line, "#") {
				knownFamily(all, words[0], scrape.Kind(words[1]), words[2:])
			}
		}
	}
	return all
})

func knownFamily(all map[string]*Series, name string, kind scrape.Kind, labels []string) {
	for series, is := range seriesOf(scrape.Family{Name: name, Kind: kind}) {
		s := &Series{Name: series, Kind: is, FamilyKind: kind, Family: name, Unit: metric.UnitFromName(series), Labels: labels, From: FromKnown}
		switch {
		case strings.HasSuffix(series, "_bucket") && is == scrape.Counter:
			s.Labels = append([]string{"le"}, labels...)
		case is == scrape.Summary:
			s.Labels = append([]string{"quantile"}, labels...)
		}
		all[series] = s
	}
}
