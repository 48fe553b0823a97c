package provision

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"gaugewright/dashboards"
)

// Service is a target with what is made for it.
type Service struct {
	Target dashboards.Target
	Boards []dashboards.Board
	Rules  []dashboards.RuleFile // those of boards that are not made are left out
}

// content is what a service comes to: the boards that show something of it, and the rules of those.
type content struct {
	target dashboards.Target
	boards []board
	rules  []rules
}

// build makes every service's boards and rules. No two services share a job or the name of a file.
func build(services []Service) ([]content, error) {
	if err := checkTargets(services); err != nil {
		return nil, err
	}
	var all []content
	for _, s := range services {
		boards, err := buildBoards(s)
		if err != nil {
			return nil, err
		}
		if err := checkBoards(all, boards); err != nil {
			return nil, err
		}
		files, err := buildRules(s, boards)
		if err != nil {
			return nil, err
		}
		all = append(all, content{target: s.Target, boards: boards, rules: files})
	}
	return all, nil
}

// checkTargets refuses targets that cannot be, and two of one job: each would be counted among the other's instances.
func checkTargets(services []Service) error {
	if len(services) == 0 {
		return errors.New("no service: give a target and its boards")
	}
	jobs := map[string]int{}
	for i, s := range services {
		if err := checkTarget(s.Target); err != nil {
			return fmt.Errorf("target %d: %w", i+1, err)
		}
		if first, taken := jobs[s.Target.Job]; taken {
			return fmt.Errorf("target %d (%s): Job %q is that of target %d (%s) too: give each target a job of its own",
				i+1, s.Target.Address, s.Target.Job, first, services[first-1].Target.Address)
		}
		jobs[s.Target.Job] = i + 1
	}
	return nil
}

// checkBoards refuses a uid or a title that an earlier board has. Some file systems do not tell upper from lower case.
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

// slowest is the largest scrape interval. Grafana computes one $__rate_interval for all targets of a data source: four
// times this one spans four scrapes of each.
func slowest(services []content) time.Duration {
	var interval time.Duration
	for _, s := range services {
		interval = max(interval, s.target.ScrapeInterval)
	}
	return interval
}
