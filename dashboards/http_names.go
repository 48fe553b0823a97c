package dashboards

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// HTTPNames are the metrics and labels of an HTTP server. What is empty the server does not have, and is not shown.
type HTTPNames struct {
	// Requests counts every request; where Disjoint, all but those in Errors.
	Requests metric.Counter
	// Errors counts the requests that failed. Empty, they are those in Requests whose Status says so.
	Errors   metric.Counter
	Disjoint bool
	Duration metric.Histogram // seconds
	InFlight metric.Gauge
	Path     metric.Label // the route's pattern
	Unrouted bool         // requests that no route takes have no Path at all
	Method   metric.Label
	Status   metric.Label
	// ServerError and ClientError are patterns of Status: of failures that are the service's own, and of those that its clients
	// made. Both empty, they are those of three digits; ServerError alone, none are the clients'.
	ServerError, ClientError string
	Probes                   []string // paths that only machines ask for, left out of every board
}

// Check tells what of the names does not fit together: a metric that another one needs, a label that its metric lacks, a
// pattern that is none.
func (h HTTPNames) Check() error {
	if h.Disjoint && h.Errors.Name == "" {
		return errors.New("HTTP.Disjoint, and HTTP.Errors is empty: give the counter of the requests that Requests leaves out")
	}
	if h.Requests.Name == "" && h.Errors.Name != "" {
		return errors.New("HTTP.Requests is empty, and HTTP.Errors is not: give the counter of all requests too")
	}
	for _, label := range []struct {
		field string
		label metric.Label
		of    metric.Counter
	}{{"Path", h.Path, h.Requests}, {"Method", h.Method, h.Requests}, {"Status", h.Status, h.failures()}} {
		if label.label != "" && label.of.Name != "" && !slices.Contains(label.of.Labels, label.label) {
			return fmt.Errorf("HTTP.%s is %q, and %s has the labels %q: give one of them, or leave it out", label.field, label.label, label.of.Name, label.of.Labels)
		}
	}
	for _, of := range []struct{ field, pattern string }{{"ServerError", h.ServerError}, {"ClientError", h.ClientError}} {
		if _, err := regexp.Compile(of.pattern); err != nil {
			return fmt.Errorf("HTTP.%s is %q: %w", of.field, of.pattern, err)
		}
	}
	return nil
}

// people narrows a scope to requests of people, not of probes, where a path tells them apart.
func (t Target) people(s promql.Scope) promql.Scope {
	return s.Where(t.HTTP.noProbes()...)
}

func (h HTTPNames) noProbes() []promql.Matcher {
	if h.Path == "" || len(h.Probes) == 0 {
		return nil
	}
	return []promql.Matcher{promql.NoneOf(h.Path, h.Probes...)}
}

// byRoute are the labels that tell routes apart: the path, and the method where all metrics have it.
func (h HTTPNames) byRoute() []metric.Label {
	for _, labels := range [][]metric.Label{h.Requests.Labels, h.failures().Labels, h.Duration.Labels} {
		if h.Method == "" || !slices.Contains(labels, h.Method) {
			return []metric.Label{h.Path}
		}
	}
	return []metric.Label{h.Path, h.Method}
}

// byPath is the label to tell paths apart by, if there is one.
func (h HTTPNames) byPath() []metric.Label {
	if h.Path == "" {
		return nil
	}
	return []metric.Label{h.Path}
}

// failures is the counter that has the failed requests.
func (h HTTPNames) failures() metric.Counter {
	if h.Errors.Name != "" {
		return h.Errors
	}
	return h.Requests
}

func (h HTTPNames) serverError() string { return cmp.Or(h.ServerError, "5..") }

// clientError is empty where only the service's own failures are told apart.
func (h HTTPNames) clientError() string {
	if h.ServerError != "" {
		return h.ClientError
	}
	return cmp.Or(h.ClientError, "4..")
}

func (h HTTPNames) anyError() string {
	if h.clientError() == "" {
		return h.serverError()
	}
	return h.clientError() + "|" + h.serverError()
}

// serverErrors, clientErrors and anyErrors are the failures in a reader's words.
func (h HTTPNames) serverErrors() string {
	if h.Status == "" || !strings.HasPrefix(h.serverError(), "5") {
		return "failed"
	}
	return "5xx"
}

func (h HTTPNames) clientErrors() string {
	if !strings.HasPrefix(h.clientError(), "4") {
		return "clients' errors"
	}
	return "4xx"
}

// without says in a panel's text that probes are left out, where they are.
func (h HTTPNames) without() string {
	if len(h.noProbes()) == 0 {
		return ""
	}
	return ", probes left out"
}

// lookAt says in a text where to look for what fails.
func (h HTTPNames) lookAt() string {
	if h.Path == "" || !slices.Contains(h.failures().Labels, h.Path) {
		return "what changed, and the service's log"
	}
	return "the path with the longest red bar and the time it began"
}

func (h HTTPNames) anyErrors() string {
	if h.Status == "" || h.clientError() == "" {
		return h.serverErrors()
	}
	return h.clientErrors() + " + " + h.serverErrors()
}
