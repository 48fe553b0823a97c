package provision

import "time"

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
	JobName        string         `yaml:"job_name"`
	ScrapeInterval string         `yaml:"scrape_interval,omitempty"`
	StaticConfigs  []staticConfig `yaml:"static_configs"`
}

type staticConfig struct {
	Targets []string          `yaml:"targets"`
	Labels  map[string]string `yaml:"labels,omitempty"`
}

// newPrometheusConfig scrapes each target at its own interval, which is written only if it is not the global one.
func newPrometheusConfig(services []content, interval time.Duration) prometheusConfig {
	config := prometheusConfig{
		Global:    globalConfig{ScrapeInterval: lasting(interval), EvaluationInterval: lasting(interval)},
		RuleFiles: []string{"rules/*.yml"},
	}
	for _, s := range services {
		scrape := scrapeConfig{
			JobName:       s.target.Job,
			StaticConfigs: []staticConfig{{Targets: []string{s.target.Address}, Labels: s.target.Labels}},
		}
		if s.target.ScrapeInterval != interval {
			scrape.ScrapeInterval = lasting(s.target.ScrapeInterval)
		}
		config.ScrapeConfigs = append(config.ScrapeConfigs, scrape)
	}
	return config
}
