package provision

import (
	"fmt"
	"strings"
	"time"

	"gaugewright/dashboards"
)

// The types below are the part of Prometheus's configuration that is generated:
// https://prometheus.io/docs/prometheus/latest/configuration/configuration/

type prometheusConfig struct {
	Global        globalConfig   `yaml:"global"`
	ScrapeConfigs []scrapeConfig `yaml:"scrape_configs"`
}

type globalConfig struct {
	ScrapeInterval     duration `yaml:"scrape_interval"`
	EvaluationInterval duration `yaml:"evaluation_interval"`
}

type scrapeConfig struct {
	JobName       string         `yaml:"job_name"`
	StaticConfigs []staticConfig `yaml:"static_configs"`
}

type staticConfig struct {
	Targets []string `yaml:"targets"`
}

func newPrometheusConfig(target dashboards.Target) prometheusConfig {
	interval := duration(target.ScrapeInterval)
	return prometheusConfig{
		Global: globalConfig{ScrapeInterval: interval, EvaluationInterval: interval},
		ScrapeConfigs: []scrapeConfig{{
			JobName:       target.Job,
			StaticConfigs: []staticConfig{{Targets: []string{target.Address}}},
		}},
	}
}

// duration prints as Prometheus reads it: whole numbers of d, h, m, s and ms, the largest first, down to a millisecond.
type duration time.Duration

func (d duration) String() string {
	var text strings.Builder
	rest := time.Duration(d)
	for _, unit := range []struct {
		name string
		size time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}, {"s", time.Second}, {"ms", time.Millisecond}} {
		if n := rest / unit.size; n > 0 {
			fmt.Fprintf(&text, "%d%s", n, unit.name)
			rest -= n * unit.size
		}
	}
	return text.String()
}

// MarshalYAML writes the duration as text.
func (d duration) MarshalYAML() (any, error) { return d.String(), nil }
