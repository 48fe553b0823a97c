package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"gopkg.in/yaml.v3"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/rules"
)

// The paths of the repository's own files, from its root.
const (
	boardFiles     = "provisioning/grafana/dashboards/*.json"
	ruleFiles      = "provisioning/prometheus/rules/*.yml"
	prometheusFile = "provisioning/prometheus/prometheus.yml"
)

// files are what is judged.
type files struct {
	boards   []boardFile
	rules    []rules.File
	suites   []*rules.Suite // the rule tests
	own      bool           // nobody named the boards and rules: they are the repository's own
	job      string         // job label of a service that verify scrapes itself
	interval time.Duration  // between two scrapes
	// labels are the labels that prometheus.yml gives to each job's series, by job name.
	labels map[string]map[string]string
}

type boardFile struct {
	path  string
	board grafana.Board
}

// read reads the boards and rules: the repository's own, or only those that are named.
func (o options) read() (files, error) {
	boards, ruleGlob := o.boards, o.rules
	own := boards == "" && ruleGlob == "" && !o.onlyTests()
	if own {
		boards, ruleGlob = boardFiles, ruleFiles
	}
	f := files{own: own, job: "verify", interval: 15 * time.Second} // Grafana's default for a data source
	if err := f.configure(); err != nil {
		return f, err
	}
	if o.interval > 0 {
		f.interval = o.interval
	}
	var err error
	if f.boards, err = readBoards(boards); err != nil {
		return f, err
	}
	if f.rules, err = readRules(ruleGlob); err != nil {
		return f, err
	}
	switch {
	case own && len(f.boards) == 0:
		return f, fmt.Errorf("no file matches %s: run gen first, in the repository's root, or name files with -boards",
			boards)
	case o.boards != "" && len(f.boards) == 0:
		return f, fmt.Errorf("-boards: no file matches %s", boards)
	case o.rules != "" && len(f.rules) == 0:
		return f, fmt.Errorf("-rules: no file matches %s", ruleGlob)
	}
	if o.tests != "" {
		if f.suites, err = readSuites(o.tests, f.rules); err != nil {
			return f, err
		}
	}
	return f, o.checkVariables(f)
}

// checkVariables refuses a variable that no board has. A typing error would otherwise have no effect.
func (o options) checkVariables(f files) error {
	for name := range o.variables {
		if !slices.ContainsFunc(f.boards, func(b boardFile) bool {
			return slices.ContainsFunc(b.board.Variables, func(v grafana.Variable) bool { return v.Name == name })
		}) {
			return fmt.Errorf("-var %s: no board has a variable with that name", name)
		}
	}
	return nil
}

// configure reads jobs with their labels and the scrape interval from the repository's prometheus.yml, if it exists.
func (f *files) configure() error {
	text, err := os.ReadFile(prometheusFile)
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
	if err := yaml.Unmarshal(text, &config); err != nil {
		return fmt.Errorf("%s: %w", prometheusFile, err)
	}
	interval := config.Global.Interval
	if len(config.Jobs) > 0 {
		f.job = config.Jobs[0].Name
		if config.Jobs[0].Interval != "" {
			interval = config.Jobs[0].Interval
		}
	}
	f.labels = map[string]map[string]string{}
	for _, job := range config.Jobs {
		if len(job.Static) > 0 {
			f.labels[job.Name] = job.Static[0].Labels
		}
	}
	if d, ok := view.Duration(interval); ok && d > 0 {
		f.interval = d
	}
	return nil
}

func readBoards(pattern string) ([]boardFile, error) {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("-boards %s: %w", pattern, err)
	}
	var all []boardFile
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		board, err := grafana.Read(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, boardFile{path, board})
	}
	return all, nil
}

func readRules(pattern string) ([]rules.File, error) {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("-rules %s: %w", pattern, err)
	}
	var all []rules.File
	for _, path := range paths {
		file, err := rules.Load(path)
		if err != nil {
			return nil, err
		}
		all = append(all, file)
	}
	return all, nil
}

// groups returns the groups of all rule files.
func (f files) groups() []rules.Group {
	var all []rules.Group
	for _, file := range f.rules {
		all = append(all, file.Groups...)
	}
	return all
}
