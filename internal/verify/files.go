package verify

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
	"gaugewright/internal/observe"
	"gaugewright/internal/rules"
)

// The paths of the repository's own files, from its root.
const (
	PrometheusFile = "provisioning/prometheus/prometheus.yml"

	boardFiles = "provisioning/grafana/dashboards/*.json"
	ruleFiles  = "provisioning/prometheus/rules/*.yml"
)

// Files are what is judged.
type Files struct {
	Boards   []Board
	Rules    []rules.File
	Suites   []*rules.Suite // the rule tests
	Own      bool           // nobody named the boards and rules: they are the repository's own
	Job      string         // job label of a service that verify scrapes itself
	Interval time.Duration  // between two scrapes
	// Labels are the labels that prometheus.yml gives to each job's series, by job name.
	Labels map[string]map[string]string
}

// Named are the patterns of the files, as the command line gives them.
type Named struct {
	Boards, Rules, Tests string
	OnlyTests            bool                // the repository's own boards and rules are not read
	Interval             time.Duration       // 0: the one in the repository's prometheus.yml
	Variables            map[string][]string // the boards must have them
}

// Board is a board and its file.
type Board struct {
	Path string
	grafana.Board
}

// Read reads the boards and rules: the repository's own, or only those that are named.
func Read(o Named) (Files, error) {
	boards, ruleGlob := o.Boards, o.Rules
	own := boards == "" && ruleGlob == "" && !o.OnlyTests
	if own {
		boards, ruleGlob = boardFiles, ruleFiles
	}
	f := Files{Own: own, Job: "verify", Interval: 15 * time.Second} // Grafana's default for a data source
	if err := f.configure(); err != nil {
		return f, err
	}
	if o.Interval > 0 {
		f.Interval = o.Interval
	}
	var err error
	if f.Boards, err = readBoards(boards); err != nil {
		return f, err
	}
	if f.Rules, err = readRules(ruleGlob); err != nil {
		return f, err
	}
	switch {
	case own && len(f.Boards) == 0:
		return f, fmt.Errorf("no file matches %s: run gen first, in the repository's root, or name files with -boards",
			boards)
	case o.Boards != "" && len(f.Boards) == 0:
		return f, fmt.Errorf("-boards: no file matches %s", boards)
	case o.Rules != "" && len(f.Rules) == 0:
		return f, fmt.Errorf("-rules: no file matches %s", ruleGlob)
	}
	if o.Tests != "" {
		if f.Suites, err = readSuites(o.Tests, f.Rules); err != nil {
			return f, err
		}
	}
	return f, f.checkVariables(o.Variables)
}

// checkVariables refuses a variable that no board has. A typing error would otherwise have no effect.
func (f Files) checkVariables(chosen map[string][]string) error {
	for name := range chosen {
		if !slices.ContainsFunc(f.Boards, func(b Board) bool {
			return slices.ContainsFunc(b.Variables, func(v grafana.Variable) bool { return v.Name == name })
		}) {
			return fmt.Errorf("-var %s: no board has a variable with that name", name)
		}
	}
	return nil
}

// configure reads jobs with their labels and the scrape interval from the repository's prometheus.yml, if it exists.
func (f *Files) configure() error {
	text, err := os.ReadFile(PrometheusFile)
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
	if d, ok := grafana.Duration(interval); ok && d > 0 {
		f.Interval = d
	}
	return nil
}

func readBoards(pattern string) ([]Board, error) {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("-boards %s: %w", pattern, err)
	}
	var all []Board
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		board, err := grafana.Read(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, Board{path, board})
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

// Groups returns the groups of all rule files.
func (f Files) Groups() []rules.Group {
	var all []rules.Group
	for _, file := range f.Rules {
		all = append(all, file.Groups...)
	}
	return all
}

// Observed returns how the targets of these files are observed.
func (f Files) Observed() observe.Options {
	return observe.Options{Groups: f.Groups(), Job: f.Job, Labels: f.Labels, Interval: f.Interval}
}
