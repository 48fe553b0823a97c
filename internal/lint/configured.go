package lint

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
)

// Prometheus is what a prometheus.yml says of the scrapes.
type Prometheus struct {
	Interval   time.Duration // of the scrapes: Prometheus's default where the file names none
	Evaluation time.Duration // of the rules
	Jobs       []Job
	Node       *grafana.Node
}

// Job is a scrape job.
type Job struct {
	Name     string
	Interval time.Duration
	Labels   []string // that it gives to its targets, as far as the file says
	IsClosed bool     // these are all: its targets are written out, and nothing is relabelled
	Node     *grafana.Node
}

// DataSource is a data source that Grafana's provisioning makes.
type DataSource struct {
	Name, UID, Type string
	Interval        time.Duration // timeInterval; 0 where the file does not say
	Node            *grafana.Node
}

// defaultInterval is Prometheus's, for scrapes and rules.
// https://prometheus.io/docs/prometheus/latest/configuration/configuration/#configuration-file
const defaultInterval = time.Minute

// configure reads the configuration of Prometheus or of data sources. It reports whether the file has one.
func (f *File) configure(data []byte) bool {
	documents, _ := grafana.Documents(data)
	for _, n := range documents {
		switch {
		case n.At("scrape_configs").IsList() || n.At("global", "scrape_interval").Exists():
			f.Prometheus = prometheus(n)
		case n.At("datasources").IsList():
			for _, one := range n.At("datasources").List() {
				interval, _ := view.Duration(one.At("jsonData", "timeInterval").Text())
				f.DataSources = append(f.DataSources, DataSource{
					Name: one.At("name").Text(), UID: one.At("uid").Text(), Type: one.At("type").Text(), Interval: interval, Node: one,
				})
			}
		}
	}
	isRead := f.Prometheus != nil || f.DataSources != nil
	f.isRead = f.isRead || isRead
	return isRead
}

func prometheus(n *grafana.Node) *Prometheus {
	p := &Prometheus{Node: n}
	scrape, _ := view.Duration(n.At("global", "scrape_interval").Text())
	evaluation, _ := view.Duration(n.At("global", "evaluation_interval").Text())
	p.Interval, p.Evaluation = cmp.Or(scrape, defaultInterval), cmp.Or(evaluation, defaultInterval)
	for _, one := range n.At("scrape_configs").List() {
		own, _ := view.Duration(one.At("scrape_interval").Text())
		job := Job{Name: one.At("job_name").Text(), Interval: cmp.Or(own, p.Interval), Node: one, IsClosed: true}
		for _, m := range one.Members() {
			if strings.HasSuffix(m.Name, "_sd_configs") || strings.HasSuffix(m.Name, "relabel_configs") || m.Name == "honor_labels" {
				job.IsClosed = false
			}
		}
		for _, static := range one.At("static_configs").List() {
			for _, label := range static.At("labels").Members() {
				job.Labels = append(job.Labels, label.Name)
			}
		}
		p.Jobs = append(p.Jobs, job)
	}
	return p
}

// ScrapeInterval returns the interval between two scrapes: that of the caller, else the one of a prometheus.yml among the
// files, where all jobs agree, else the one that all data sources name. It is 0 where it is not known.
func (f *Files) ScrapeInterval() time.Duration {
	if f.fastest == f.slowest {
		return f.fastest
	}
	return 0
}

// scrapeIntervals returns the shortest and the longest interval between two scrapes, or 0 where they are not known.
func (f *Files) scrapeIntervals() (fastest, slowest time.Duration) {
	if f.Interval > 0 {
		return f.Interval, f.Interval
	}
	var scraped, told []time.Duration
	for _, file := range f.All {
		if file.Prometheus != nil {
			for _, job := range file.Prometheus.Jobs {
				scraped = append(scraped, job.Interval)
			}
			if len(file.Prometheus.Jobs) == 0 {
				scraped = append(scraped, file.Prometheus.Interval)
			}
		}
		for _, source := range file.DataSources {
			if strings.Contains(source.Type, "prometheus") {
				told = append(told, source.Interval)
			}
		}
	}
	if scraped == nil {
		scraped = told
	}
	if scraped == nil || slices.Contains(scraped, 0) {
		return 0, 0
	}
	return slices.Min(scraped), slices.Max(scraped)
}
