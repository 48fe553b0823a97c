package provision

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gaugewright/dashboards"
	"gaugewright/dashboards/source"
)

// Service is a target and what is made for it.
type Service struct {
	Target dashboards.Target
	// Boards are the boards to make; nil means dashboards.All. To add one: append(dashboards.All, own).
	Boards []dashboards.Board
	// Rules are the rule files; nil means those of dashboards.Rules whose panels are on the boards. To add one:
	// append(dashboards.Rules, own). Then every alert's panel must be on one of the boards.
	Rules []dashboards.RuleFile

	from string // where it is written, for messages
}

// whole is the service with our boards where it names none, and then with our rules.
func (s Service) whole() Service {
	if s.Boards == nil {
		s.Boards = dashboards.All
		if s.Rules == nil {
			s.Rules = dashboards.Rules
		}
	}
	return s
}

// content is what is made of a service: the boards that show something of it, and their rules.
type content struct {
	target dashboards.Target
	boards []board
	rules  []rules
}

// build makes every service's boards and rules. Two services must not share a job or a file name.
func build(services []Service) ([]content, error) {
	if err := checkTargets(services); err != nil {
		return nil, err
	}
	var all []content
	for _, s := range services {
		s = s.whole()
		boards, err := buildBoards(s)
		if err != nil {
			return nil, err
		}
		files, err := buildRules(s, boards)
		if err := errors.Join(checkBoards(all, boards), err, checkRuleFiles(all, files), checkPlaced(s)); err != nil {
			return nil, err
		}
		all = append(all, content{target: s.Target, boards: boards, rules: files})
	}
	evaluate(all)
	return all, nil
}

// evaluate gives the rules of a service that is scraped more often than another their own interval: boards count on it that
// a rule records as often as its service is scraped.
func evaluate(services []content) {
	interval := slowest(services)
	for _, s := range services {
		for _, file := range s.rules {
			for i := range file.file.Groups {
				if group := &file.file.Groups[i]; group.Interval == "" && s.target.ScrapeInterval != interval {
					group.Interval = lasting(s.target.ScrapeInterval)
				}
			}
		}
	}
}

// checkTargets refuses invalid targets, and two with one job: each would count the other's instances as its own.
func checkTargets(services []Service) error {
	if len(services) == 0 {
		return errors.New("no service: give a target and its boards")
	}
	jobs := map[string]int{}
	for i, s := range services {
		if err := s.Target.Check(); err != nil {
			return fmt.Errorf("target %d%s: %w", i+1, s.from, err)
		}
		if first, taken := jobs[s.Target.Job]; taken {
			return fmt.Errorf("target %d (%s): Job %q is that of target %d (%s) too: give each target a job of its own",
				i+1, s.Target.Address, s.Target.Job, first, services[first-1].Target.Address)
		}
		jobs[s.Target.Job] = i + 1
	}
	return nil
}

// checkBoards refuses a uid or a title that an earlier board has. Some file systems do not distinguish upper and
// lower case.
func checkBoards(earlier []content, boards []board) error {
	var seen []board
	for _, c := range earlier {
		seen = append(seen, c.boards...)
	}
	for _, b := range boards {
		for _, other := range seen {
			if strings.EqualFold(other.uid, b.uid) {
				return fmt.Errorf("%s: uid %s is that of %s too: give each board a uid of its own, or the target a UIDPrefix",
					b.from, b.uid, other.from)
			}
			if *other.built.Title == *b.built.Title {
				return fmt.Errorf("%s: title %q is that of %s too: give each board a title of its own, or the target a TitlePrefix",
					b.from, *b.built.Title, other.from)
			}
		}
		seen = append(seen, b)
	}
	return nil
}

// checkRuleFiles refuses the name of a rule file that an earlier service has.
func checkRuleFiles(earlier []content, files []rules) error {
	for _, c := range earlier {
		for _, r := range files {
			if slices.ContainsFunc(c.rules, func(other rules) bool { return strings.EqualFold(other.name, r.name) }) {
				return fmt.Errorf("rule file %s is that of %s too: give each a name of its own, or the target a UIDPrefix",
					r.name, c.target.Job)
			}
		}
	}
	return nil
}

// checkPlaced refuses panel functions that are not used by a board, an alert or another function, in the packages of
// the service's own boards: their panels would never be shown. Tests check our own boards.
func checkPlaced(s Service) error {
	ours := filepath.Dir(source.Of(dashboards.Overview).File)
	checked := map[string]bool{ours: true}
	var errs []error
	for _, define := range s.Boards {
		folder := filepath.Dir(source.Of(define).File)
		if checked[folder] {
			continue
		}
		checked[folder] = true
		for _, unused := range source.UnusedPanels(folder) {
			errs = append(errs, fmt.Errorf("%s is a panel on no board: put it on one, or delete it", unused))
		}
	}
	return errors.Join(errs...)
}

// slowest returns the largest scrape interval. Grafana computes one $__rate_interval for all targets of a data
// source: four times this interval spans four scrapes of each.
func slowest(services []content) time.Duration {
	var interval time.Duration
	for _, s := range services {
		interval = max(interval, s.target.ScrapeInterval)
	}
	return interval
}
