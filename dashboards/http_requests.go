package dashboards

import (
	"slices"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// counting is how requests are counted: Scope.Rate or Scope.Increase.
type counting func(promql.Scope, metric.Counter) promql.Expr

// count adds up what a counter counted, in all or by label; not by one that it does not have. Requests that no route takes
// are "other", as they have no name otherwise.
func (h HTTPNames) count(s promql.Scope, how counting, c metric.Counter, by ...metric.Label) promql.Expr {
	if !h.tells(c.Labels, by) {
		c = metric.Counter{}
	}
	return h.filled(how(s, c).Sum(by...), by)
}

// tells says that a metric with such labels has those of a route that it is asked by.
func (h HTTPNames) tells(labels, by []metric.Label) bool {
	for _, label := range []metric.Label{h.Path, h.Method} {
		if slices.Contains(by, label) && !slices.Contains(labels, label) {
			return false
		}
	}
	return true
}

func (h HTTPNames) filled(e promql.Expr, by []metric.Label) promql.Expr {
	if h.Unrouted && slices.Contains(by, h.Path) {
		return e.LabelReplace(h.Path, "other", h.Path, "")
	}
	return e
}

// all counts every request, in all or by label.
func (h HTTPNames) all(s promql.Scope, how counting, by ...metric.Label) promql.Expr {
	if !h.Disjoint {
		return h.count(s, how, h.Requests, by...)
	}
	s = h.comparable(s)
	requests, failed := h.count(s, how, h.Requests, by...), h.count(s, how, h.Errors, by...)
	return requests.OrZero(failed).Add(failed.OrZero(requests))
}

// ok counts the requests that did not fail.
func (h HTTPNames) ok(s promql.Scope, how counting, by ...metric.Label) promql.Expr {
	switch {
	case h.Disjoint:
		s = h.comparable(s)
		return h.count(s, how, h.Requests, by...).OrZero(h.count(s, how, h.Errors, by...))
	case slices.Contains(h.Requests.Labels, h.Status):
		succeeded := s.Where(promql.MatchNotRegexp(h.Status, h.anyError()))
		return h.count(succeeded, how, h.Requests, by...).OrZero(h.all(s, how, by...))
	case h.Errors.Name != "":
		s = h.comparable(s)
		return h.all(s, how, by...).Sub(h.failed(s, how, h.anyError(), by...))
	}
	return h.all(s, how, by...)
}

// failed counts the requests whose status has the pattern: zero where none ever had.
func (h HTTPNames) failed(s promql.Scope, how counting, pattern string, by ...metric.Label) promql.Expr {
	s = h.comparable(s)
	return h.failing(s, how, pattern, by...).OrZero(h.all(s, how, by...))
}

// failing counts the requests whose status has the pattern, and is nothing where none ever had. A counter of errors without
// a status counts all of them as the service's own.
func (h HTTPNames) failing(s promql.Scope, how counting, pattern string, by ...metric.Label) promql.Expr {
	return h.count(h.withStatus(h.comparable(s), pattern), how, h.failures(), by...)
}

// failures is the counter that has the failed requests.
func (h HTTPNames) failures() metric.Counter {
	if h.Errors.Name != "" {
		return h.Errors
	}
	return h.Requests
}

// withStatus narrows a scope of failures to a status. Without a pattern there are none such.
func (h HTTPNames) withStatus(s promql.Scope, pattern string) promql.Scope {
	if h.Status == "" && h.Errors.Name != "" && pattern != h.clientError() {
		return s
	}
	if pattern == "" {
		return s.Where(promql.MatchRegexp("", ""))
	}
	return s.Where(promql.MatchRegexp(h.Status, pattern))
}

// comparable narrows no further than failures can be: where these have no path, they are held against all requests, and both
// include the probes.
func (h HTTPNames) comparable(s promql.Scope) promql.Scope { return h.narrowed(s, h.failures().Labels) }

// timed narrows no further than the durations can be.
func (h HTTPNames) timed(s promql.Scope) promql.Scope { return h.narrowed(s, h.Duration.Labels) }

func (h HTTPNames) narrowed(s promql.Scope, labels []metric.Label) promql.Scope {
	if slices.Contains(labels, h.Path) {
		return s
	}
	return s.Whole()
}

// rate is how many requests a second are answered, in all or by label.
func (h HTTPNames) rate(s promql.Scope, by ...metric.Label) promql.Expr {
	return h.all(s, promql.Scope.Rate, by...)
}

// errorRatio is the share of requests that are answered with a status of the pattern: zero where none ever was, and nothing
// where there are no requests.
func (h HTTPNames) errorRatio(s promql.Scope, status string, by ...metric.Label) promql.Expr {
	s = h.comparable(s)
	return h.failed(s, promql.Scope.Rate, status, by...).Div(h.rate(s, by...).Gt(promql.Number(0)))
}

// latency is what the given share of requests stays below, in seconds.
func (h HTTPNames) latency(s promql.Scope, share float64, by ...metric.Label) promql.Expr {
	duration := h.Duration
	if !h.tells(duration.Labels, by) {
		duration = metric.Histogram{}
	}
	return h.filled(h.timed(s).HistogramQuantile(share, duration, by...).Base(), by)
}
