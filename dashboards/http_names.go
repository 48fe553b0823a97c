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

// HTTPNames are the metrics and labels of an HTTP server. An empty name means that the server does not have it; then
// it is not shown.
type HTTPNames struct {
	// Requests counts every request; if Disjoint is set, all but those in Errors.
	Requests metric.Counter
	// Errors counts the requests that failed. If it is empty, Status decides which of the Requests failed.
	Errors   metric.Counter
	Disjoint bool
	Duration metric.Histogram // seconds
	InFlight metric.Gauge
	Path     metric.Label // the route's pattern
	Unrouted bool         // requests without a route have no Path label
	Method   metric.Label
	Status   metric.Label
	// ServerError and ClientError are patterns of Status: for the service's own failures, and for its clients'
	// failures. If both are empty, Status has three digits. If only ServerError is set, no failures are the clients'.
	ServerError, ClientError string
	Probes                   []string // paths that only machines request, left out of every board
}

// Check reports names that do not fit together: a missing metric that another one needs, a label that its metric does
// not have, a pattern that does not compile.
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

// people narrows a scope to people's requests, without probes, where a path identifies probes.
func (t Target) people(s promql.Scope) promql.Scope {
	return s.Where(t.HTTP.noProbes()...)
}

func (h HTTPNames) noProbes() []promql.Matcher {
	if h.Path == "" || len(h.Probes) == 0 {
		return nil
	}
	return []promql.Matcher{promql.NoneOf(h.Path, h.Probes...)}
}

// byRoute are the labels of a route: the path, and the method if all metrics have it.
func (h HTTPNames) byRoute() []metric.Label {
	for _, labels := range [][]metric.Label{h.Requests.Labels, h.failures().Labels, h.Duration.Labels} {
		if h.Method == "" || !slices.Contains(labels, h.Method) {
			return []metric.Label{h.Path}
		}
	}
	return []metric.Label{h.Path, h.Method}
}

// byPath is the path label, if there is one.
func (h HTTPNames) byPath() []metric.Label {
	if h.Path == "" {
		return nil
	}
	return []metric.Label{h.Path}
}

// failures is the counter with the failed requests.
func (h HTTPNames) failures() metric.Counter {
	if h.Errors.Name != "" {
		return h.Errors
	}
	return h.Requests
}

func (h HTTPNames) serverError() string { return cmp.Or(h.ServerError, "5..") }

// clientError is the pattern of the clients' failures, or empty if they are not counted separately.
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

// serverErrors, clientErrors and anyErrors name the failures for a reader.
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

// without adds to a panel's text that probes are left out, if there are any.
func (h HTTPNames) without() string {
	if len(h.noProbes()) == 0 {
		return ""
	}
	return ", probes left out"
}

// whatFails tells a reader what to look for when failures rise.
func (h HTTPNames) whatFails() string {
	if !h.failsByPath() {
		return "what changed, and the service's log"
	}
	return `the path in "Server errors by path"`
}

// lookAt is whatFails for a reader who does not have the board open.
func (h HTTPNames) lookAt() string {
	if !h.failsByPath() {
		return h.whatFails()
	}
	return h.whatFails() + `, and in "Error ratio" for when it began`
}

func (h HTTPNames) failsByPath() bool {
	return h.Path != "" && slices.Contains(h.failures().Labels, h.Path)
}

func (h HTTPNames) anyErrors() string {
	if h.Status == "" || h.clientError() == "" {
		return h.serverErrors()
	}
	return h.clientErrors() + " + " + h.serverErrors()
}
