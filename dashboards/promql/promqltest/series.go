package promqltest

import (
	"strings"

	"gaugewright/dashboards/metric"
	"gaugewright/internal/query"
)

// series is what is known about the series that a text may name.
type series struct {
	names []string // of the families
	known map[string]query.Series
}

// newSeries returns those of a catalogue, scraped from the target, and Prometheus's own. A catalogue does not say
// which family is a histogram or a summary. So each may have the series and labels of both, where the text asks for
// them.
func newSeries(catalogue metric.Catalogue, target []metric.Label, text string) series {
	s := series{known: map[string]query.Series{}}
	own := []metric.Family{
		metric.Family(metric.Up), metric.Family(metric.ScrapeDurationSeconds), metric.Family(metric.ScrapeSamplesScraped),
	}
	for _, f := range append(own, catalogue...) {
		labels := words(target, f.Labels)
		s.names = append(s.names, f.Name)
		s.known[f.Name+"_bucket"] = query.Series{Unit: f.Unit, Labels: append(words(labels), string(metric.BucketLabel))}
		s.known[f.Name+"_sum"] = query.Series{Unit: f.Unit, Labels: labels}
		s.known[f.Name+"_count"] = query.Series{Labels: labels}
		if strings.Contains(text, string(metric.QuantileLabel)+"=") {
			labels = append(words(labels), string(metric.QuantileLabel))
		}
		s.known[f.Name] = query.Series{Unit: f.Unit, Labels: labels}
	}
	return s
}

// of is a query.Catalogue.
func (s series) of(name string) (query.Series, bool) {
	found, ok := s.known[name]
	return found, ok
}

// words are lists of labels as one list of strings of its own.
func words[Label ~string](lists ...[]Label) []string {
	var all []string
	for _, list := range lists {
		for _, label := range list {
			all = append(all, string(label))
		}
	}
	return all
}
