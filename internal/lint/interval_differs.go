package lint

import (
	"strings"
	"time"
)

// grafanaInterval is what Grafana takes for the scrape interval of a data source that names none.
// https://grafana.com/docs/grafana/latest/datasources/prometheus/configure/
const grafanaInterval = 15 * time.Second

var intervalDiffers = Rule{
	Name: "interval-differs", Group: Across, Severity: Error,
	Doc: "The data source's scrape interval is not Prometheus's: $__rate_interval is then too short, and panels have holes, or longer " +
		"than it need be.",
	Files: func(p *Pass, f *Files) {
		for _, file := range f.All {
			for _, source := range file.DataSources {
				if !strings.Contains(source.Type, "prometheus") {
					continue
				}
				told, at := source.Interval, source.Node.At("jsonData", "timeInterval")
				if told == 0 {
					told, at = grafanaInterval, source.Node
				}
				for _, other := range f.All {
					if other.Prometheus == nil || len(f.prometheuses()) > 1 {
						continue
					}
					if slowest := other.Prometheus.slowest(); told < slowest {
						p.File(file, at, "the data source %s takes %s for the scrape interval, and %s scrapes each %s: $__rate_interval is too short",
							source.Name, short(told), other.Path, short(slowest))
					} else if fastest := other.Prometheus.Interval; told > slowest && source.Interval > 0 {
						p.File(file, at, "the data source %s takes %s for the scrape interval, and %s scrapes each %s", source.Name, short(told),
							other.Path, short(fastest)).Severity = Warning
					}
				}
			}
		}
	},
}

// slowest returns the longest scrape interval of the jobs.
func (c *Prometheus) slowest() time.Duration {
	slowest := time.Duration(0)
	for _, job := range c.Jobs {
		slowest = max(slowest, job.Interval)
	}
	if slowest == 0 {
		return c.Interval
	}
	return slowest
}

// prometheuses returns the configurations of Prometheus among the files: with several, nobody knows whose data source it is.
func (f *Files) prometheuses() []*Prometheus {
	var all []*Prometheus
	for _, file := range f.All {
		if file.Prometheus != nil {
			all = append(all, file.Prometheus)
		}
	}
	return all
}
