package provision

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"gaugewright/dashboards"
	"gaugewright/dashboards/metric"
)

// checkTarget refuses what Prometheus would refuse only after the files are mounted, and what could show nothing.
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
			"or a list such as golang.DefaultCollector")
	case t.HTTP.Requests.Name != "" && !(t.SLO.Errors > 0 && t.SLO.Errors < 1):
		return fmt.Errorf("SLO.Errors is %v: give the share of requests that may fail, such as 0.001", t.SLO.Errors)
	case t.HTTP.Duration.Name != "" && t.SLO.Latency <= 0:
		return fmt.Errorf("SLO.Latency is %s: give what most requests are answered within", t.SLO.Latency)
	case t.HTTP.Duration.Name != "" && t.SLO.Slow <= t.SLO.Latency:
		return fmt.Errorf("SLO.Slow is %s: give more than SLO.Latency, %s", t.SLO.Slow, t.SLO.Latency)
	}
	for _, name := range slices.Sorted(maps.Keys(t.Labels)) {
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
	for _, named := range []struct{ field, name string }{
		{"Requests", t.HTTP.Requests.Name}, {"Errors", t.HTTP.Errors.Name},
		{"Duration", t.HTTP.Duration.Name}, {"InFlight", t.HTTP.InFlight.Name},
	} {
		if named.name != "" && !t.Exposes.Has(named.name) {
			return fmt.Errorf("HTTP.%s is %s, which is not among what the target Exposes: is it called otherwise there?",
				named.field, named.name)
		}
	}
	return nil
}
