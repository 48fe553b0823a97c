package dashboards

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"gaugewright/dashboards/metric"
)

// Check refuses mistakes that Prometheus would report only after the files are mounted, and targets that could show
// nothing. Everything that builds from a target checks it first.
func (t Target) Check() error {
	switch {
	case t.Job == "":
		return errors.New("Job is empty: give the job label's value")
	case t.Address == "" || strings.Contains(t.Address, "/"):
		return fmt.Errorf("Address is %q: give host:port, without scheme or path", t.Address)
	case t.ScrapeInterval < time.Millisecond:
		return fmt.Errorf("ScrapeInterval is %s: give at least a millisecond", t.ScrapeInterval)
	case t.Speed < 0:
		return fmt.Errorf("Speed is %d: leave it out, or give 1 for production", t.Speed)
	case len(t.Exposes) == 0:
		return errors.New("Exposes is empty: give the All of the catalogue that cmd/metrics made from the service's page, " +
			"or a list such as golang.DefaultCollector")
	}
	return errors.Join(t.checkLabels(), t.checkIdentity(), t.HTTP.Check(), t.checkExposed(), t.checkSLO(), t.Routing.Check())
}

func (t Target) checkLabels() error {
	for _, name := range slices.Sorted(maps.Keys(t.Labels)) {
		if !validLabel.MatchString(name) || name == string(metric.JobLabel) || name == string(metric.InstanceLabel) {
			return fmt.Errorf("Labels has %q: give labels that Prometheus does not set itself", name)
		}
	}
	return nil
}

// checkIdentity refuses labels that cannot name a process.
func (t Target) checkIdentity() error {
	labels := t.Identity
	if len(labels) == 0 || labels[len(labels)-1] == metric.JobLabel {
		return fmt.Errorf("Identity is %q: give the labels that name one process, the narrowest last, such as job and instance", labels)
	}
	for i, label := range labels {
		if !validLabel.MatchString(string(label)) || slices.Contains(labels[:i], label) {
			return fmt.Errorf("Identity is %q: %q is not a label, or is repeated", labels, label)
		}
	}
	return nil
}

// validLabel matches a label that PromQL accepts without quotes: https://prometheus.io/docs/concepts/data_model
var validLabel = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

// checkExposed refuses HTTP metrics that are not in Exposes, if that is the catalogue of a whole page. The lists of
// collectors' metrics have no HTTP metrics.
func (t Target) checkExposed() error {
	if OnlyRuntime(t.Exposes) {
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

// checkSLO refuses objectives that cannot be judged.
func (t Target) checkSLO() error {
	switch {
	case t.HTTP.Requests.Name != "" && !(t.SLO.Errors > 0 && t.SLO.Errors < 1):
		return fmt.Errorf("SLO.Errors is %v: give the share of requests that may fail, such as 0.001", t.SLO.Errors)
	case t.HTTP.Duration.Name == "":
		return nil
	case t.SLO.Latency <= 0:
		return fmt.Errorf("SLO.Latency is %s: give what most requests are answered within", t.SLO.Latency)
	case t.SLO.Slow <= t.SLO.Latency:
		return fmt.Errorf("SLO.Slow is %s: give more than SLO.Latency, %s", t.SLO.Slow, t.SLO.Latency)
	}
	return errors.Join(t.onEdge("SLO.Latency", t.SLO.Latency), t.onEdge("SLO.Slow", t.SLO.Slow))
}

// onEdge refuses an objective between two buckets: how many requests meet it would be a guess.
func (t Target) onEdge(field string, objective time.Duration) error {
	edges := t.bucketEdges()
	if len(edges) == 0 || slices.Contains(edges, objective) {
		return nil
	}
	return fmt.Errorf("%s is %s, which is not among the bucket edges of %s (%s): choose one of them, or give the histogram this one",
		field, objective, t.HTTP.Duration.Name, spaced(edges))
}

// bucketEdges are the upper bounds of the duration's classic buckets, if known: from the target's metric, or from its
// catalogue.
func (t Target) bucketEdges() []time.Duration {
	duration := metric.Family(t.HTTP.Duration)
	for _, family := range t.Exposes {
		if len(duration.Buckets) == 0 && family.Name == duration.Name {
			duration.Buckets = family.Buckets
		}
	}
	unit, known := timeUnits[duration.Unit]
	if !known {
		return nil
	}
	edges := make([]time.Duration, len(duration.Buckets))
	for i, edge := range duration.Buckets {
		edges[i] = time.Duration(math.Round(edge * float64(unit)))
	}
	return edges
}

var timeUnits = map[metric.Unit]time.Duration{
	metric.Seconds: time.Second, metric.Milliseconds: time.Millisecond,
	metric.Microseconds: time.Microsecond, metric.Nanoseconds: time.Nanosecond,
}

func spaced(durations []time.Duration) string {
	var texts []string
	for _, d := range durations {
		texts = append(texts, d.String())
	}
	return strings.Join(texts, ", ")
}
