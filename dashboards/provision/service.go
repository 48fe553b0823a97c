package provision

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"gaugewright/dashboards"
	"gaugewright/dashboards/metric"
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

// checkTargets refuses what Prometheus would refuse only after the files are mounted, and two targets of one job: each
// would be counted among the other's instances.
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

func checkTarget(t dashboards.Target) error {
	switch {
	case t.Job == "":
		return errors.New("Job is empty: give the job label's value")
	case t.Address == "" || strings.Contains(t.Address, "/"):
		return fmt.Errorf("Address is %q: give host:port, without scheme or path", t.Address)
	case t.ScrapeInterval < time.Millisecond:
		return fmt.Errorf("ScrapeInterval is %s: give at least a millisecond", t.ScrapeInterval)
	case t.Speed < 1:
		return fmt.Errorf("Speed is %d: give 1 for production", t.Speed)
	case len(t.Exposes) == 0:
		return errors.New("Exposes is empty: give the All of the catalogue that cmd/metrics made from the service's page, " +
			"or a list such as dashboards.DefaultCollector")
	case t.HTTP.Requests.Name != "" && !(t.SLO.Errors > 0 && t.SLO.Errors < 1):
		return fmt.Errorf("SLO.Errors is %v: give the share of requests that may fail, such as 0.001", t.SLO.Errors)
	case t.HTTP.Duration.Name != "" && t.SLO.Latency <= 0:
		return fmt.Errorf("SLO.Latency is %s: give what most requests are answered within", t.SLO.Latency)
	case t.HTTP.Duration.Name != "" && t.SLO.Slow <= t.SLO.Latency:
		return fmt.Errorf("SLO.Slow is %s: give more than SLO.Latency, %s", t.SLO.Slow, t.SLO.Latency)
	case t.HTTP.Disjoint && t.HTTP.Errors.Name == "":
		return errors.New("HTTP.Disjoint, and HTTP.Errors is empty: give the counter of the requests that Requests leaves out")
	}
	for name := range t.Labels {
		if !validLabel.MatchString(name) || name == string(metric.JobLabel) || name == string(metric.InstanceLabel) {
			return fmt.Errorf("Labels has %q: give labels that Prometheus does not set itself", name)
		}
	}
	return errors.Join(checkIdentity(t.Identity), t.HTTP.Check(), checkExposed(t))
}

// checkIdentity refuses labels that cannot name a process.
func checkIdentity(labels []metric.Label) error {
	if len(labels) == 0 || labels[len(labels)-1] == metric.JobLabel {
		return fmt.Errorf("Identity is %q: give the labels that name one process, the narrowest last, such as job and instance", labels)
	}
	for i, label := range labels {
		if !validLabel.MatchString(string(label)) || slices.Contains(labels[:i], label) {
			return fmt.Errorf("Identity is %q: %q is no label, or is there twice", labels, label)
		}
	}
	return nil
}

// validLabel is what PromQL takes as a label without quoting: https://prometheus.io/docs/concepts/data_model
var validLabel = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

// checkExposed refuses HTTP metrics that are not on the page of which Exposes is the catalogue. The lists of what collectors
// expose say nothing of them.
func checkExposed(t dashboards.Target) error {
	if dashboards.OnlyRuntime(t.Exposes) {
		return nil
	}
	for field, name := range map[string]string{
		"Requests": t.HTTP.Requests.Name, "Errors": t.HTTP.Errors.Name, "Duration": t.HTTP.Duration.Name, "InFlight": t.HTTP.InFlight.Name,
	} {
		if name != "" && !t.Exposes.Has(name) {
			return fmt.Errorf("HTTP.%s is %s, which is not among what the target Exposes: is it called otherwise there?", field, name)
		}
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
