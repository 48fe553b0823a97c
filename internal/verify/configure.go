package verify

import (
	"errors"
	"fmt"
	"io/fs"

	"gopkg.in/yaml.v3"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/input"
	"gaugewright/internal/yamlsize"
)

// configure reads jobs with their labels and the scrape interval from the repository's prometheus.yml, if it exists.
func (f *Files) configure() error {
	text, err := input.File(PrometheusFile, input.Document)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var config struct {
		Global struct {
			Interval string `yaml:"scrape_interval"`
		} `yaml:"global"`
		Jobs []struct {
			Name     string `yaml:"job_name"`
			Interval string `yaml:"scrape_interval"`
			Static   []struct {
				Labels map[string]string `yaml:"labels"`
			} `yaml:"static_configs"`
		} `yaml:"scrape_configs"`
	}
	err = yamlsize.CheckAll(text)
	if err == nil {
		err = yaml.Unmarshal(text, &config)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", PrometheusFile, err)
	}
	interval := config.Global.Interval
	if len(config.Jobs) > 0 {
		f.Job = config.Jobs[0].Name
		if config.Jobs[0].Interval != "" {
			interval = config.Jobs[0].Interval
		}
	}
	f.Labels = map[string]map[string]string{}
	for _, job := range config.Jobs {
		if len(job.Static) > 0 {
			f.Labels[job.Name] = job.Static[0].Labels
		}
	}
	if d, ok := view.Duration(interval); ok && d > 0 {
		f.Interval = d
	}
	return nil
}
