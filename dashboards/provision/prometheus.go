package provision

import (
	"gaugewright/dashboards"
	"gaugewright/dashboards/promql"
)

// The types below are the part of Prometheus's configuration that is generated:
// https://prometheus.io/docs/prometheus/latest/configuration/configuration/

type prometheusConfig struct {
	Global        globalConfig   `yaml:"global"`
	RuleFiles     []string       `yaml:"rule_files"`
	ScrapeConfigs []scrapeConfig `yaml:"scrape_configs"`
}

type globalConfig struct {
	ScrapeInterval     string `yaml:"scrape_interval"`
	EvaluationInterval string `yaml:"evaluation_interval"`
}

type scrapeConfig struct {
	JobName       string         `yaml:"job_name"`
	StaticConfigs []staticConfig `yaml:"static_configs"`
}

type staticConfig struct {
	Targets []string `yaml:"targets"`
}

func newPrometheusConfig(target dashboards.Target) prometheusConfig {
	interval := string(promql.Lasting(target.ScrapeInterval))
	return prometheusConfig{
		Global:    globalConfig{ScrapeInterval: interval, EvaluationInterval: interval},
		RuleFiles: []string{"rules/*.yml"},
		ScrapeConfigs: []scrapeConfig{{
			JobName:       target.Job,
			StaticConfigs: []staticConfig{{Targets: []string{target.Address}}},
		}},
	}
}
