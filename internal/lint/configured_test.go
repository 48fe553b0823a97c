package lint

import (
	"testing"
	"time"
)

// TestScrapeIntervals: prometheus.yml says how often is scraped; without one, what all data sources name is taken for it.
func TestScrapeIntervals(t *testing.T) {
	const (
		jobs    = "scrape_configs:\n- {job_name: a, scrape_interval: 10s}\n- {job_name: b, scrape_interval: 1m}\n"
		global  = "global: {scrape_interval: 20s}\n"
		source  = "datasources:\n- {name: A, type: prometheus, jsonData: {timeInterval: 30s}}\n"
		another = "datasources:\n- {name: B, type: prometheus, jsonData: {timeInterval: 15s}}\n- {name: Logs, type: loki}\n"
		silent  = "datasources:\n- {name: C, type: prometheus}\n"
	)
	for name, c := range map[string]struct {
		files            []string
		fastest, slowest time.Duration
	}{
		"nothing":               {nil, 0, 0},
		"prometheus.yml":        {[]string{global}, 20 * time.Second, 20 * time.Second},
		"jobs that differ":      {[]string{jobs}, 10 * time.Second, time.Minute},
		"a data source":         {[]string{source}, 30 * time.Second, 30 * time.Second},
		"data sources":          {[]string{source, another}, 15 * time.Second, 30 * time.Second},
		"one that does not say": {[]string{source, silent}, 0, 0},
		"prometheus.yml first":  {[]string{source, global}, 20 * time.Second, 20 * time.Second},
	} {
		var sources []Source
		for _, text := range c.files {
			sources = append(sources, Source{Path: "file.yml", Data: []byte(text)})
		}
		files := Read(sources)
		Lint(files, NewMetrics())
		if files.fastest != c.fastest || files.slowest != c.slowest {
			t.Errorf("%s: %s to %s, want %s to %s", name, files.fastest, files.slowest, c.fastest, c.slowest)
		}
		if known := files.ScrapeInterval(); c.fastest != c.slowest && known != 0 {
			t.Errorf("%s: %s is known, though some differ", name, known)
		}
	}
}
