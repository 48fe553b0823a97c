package verify

import (
	"fmt"
	"slices"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/observe"
	"gaugewright/internal/report"
	"gaugewright/internal/rules"
	"gaugewright/internal/rules/ruletest"
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
	Suites   []*ruletest.Suite // the rule tests
	Own      bool              // nobody named the boards and rules: they are the repository's own
	Job      string            // job label of a service that verify scrapes itself
	Interval time.Duration     // between two scrapes
	// Labels are the labels that prometheus.yml gives to each job's series, by job name.
	Labels map[string]map[string]string
	// Unread are the files that could not be read. The others are judged.
	Unread []report.Finding

	lostRules, lostTests bool // some of the rule files, of the test files, are unread
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

// Patterns returns the patterns of the boards and of the rules: the repository's own, or only those that are named.
func (o Named) Patterns() (boards, rules string, isOwn bool) {
	if o.Boards == "" && o.Rules == "" && !o.OnlyTests {
		return boardFiles, ruleFiles, true
	}
	return o.Boards, o.Rules, false
}

// Read reads the boards and rules: the repository's own, or only those that are named.
func Read(o Named) (Files, error) {
	boards, ruleGlob, own := o.Patterns()
	f := Files{Own: own, Job: "verify", Interval: 15 * time.Second} // Grafana's default for a data source
	if err := f.configure(); err != nil {
		return f, err
	}
	if o.Interval > 0 {
		f.Interval = o.Interval
	}
	if err := f.read(boards, ruleGlob, o.Tests); err != nil {
		return f, err
	}
	return f, f.checkVariables(o.Variables)
}

// IsEmpty reports whether there is no board and no rule.
func (f Files) IsEmpty() bool { return len(f.Boards) == 0 && len(f.Rules) == 0 }

// checkVariables refuses a variable that no board has. A typing error would otherwise have no effect.
func (f Files) checkVariables(chosen map[string][]string) error {
	if len(f.Unread) > 0 {
		return nil // one of those may have it
	}
	for name := range chosen {
		if !slices.ContainsFunc(f.Boards, func(b Board) bool {
			return slices.ContainsFunc(b.Variables, func(v grafana.Variable) bool { return v.Name == name })
		}) {
			return fmt.Errorf("-var %s: no board has a variable with that name", name)
		}
	}
	return nil
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
