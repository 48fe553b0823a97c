package dashboards

import (
	"slices"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// counting is the way to count a counter: Scope.Rate, Scope.Increase, or a recorded series.
type counting func(promql.Scope, metric.Counter) promql.Expr

// requests are a server's requests in a scope, by outcome.
type requests struct {
	HTTPNames
	scope promql.Scope
	count counting
}

// outcomes count requests by how they ended. Each implementation is one way in which services count failures.
type outcomes interface {
	// all counts every request, in total or by label.
	all(by ...metric.Label) promql.Expr
	// ok counts the requests that did not fail.
	ok(by ...metric.Label) promql.Expr
	// failed counts the requests whose status matches the pattern. It has no series before the first one.
	failed(pattern string, by ...metric.Label) promql.Expr
}

// outcomes returns the implementation for the service's way of counting.
func (r requests) outcomes() outcomes {
	switch {
	case r.Disjoint:
		return disjoint{r}
	case r.Errors.Name != "":
		return subset{r}
	}
	return byStatus{r}
}

// byStatus is for services with one counter of all requests, with their status.
type byStatus struct{ requests }

func (r byStatus) all(by ...metric.Label) promql.Expr { return r.sum(r.Requests, by) }

func (r byStatus) ok(by ...metric.Label) promql.Expr {
	if r.Status == "" {
		return r.all(by...)
	}
	return r.sum(r.Requests, by, promql.MatchNotRegexp(r.Status, r.anyError()))
}

func (r byStatus) failed(pattern string, by ...metric.Label) promql.Expr {
	return r.sum(r.Requests, by, r.having(pattern)...)
}

// subset is for services that count failures twice: among all requests, and separately.
type subset struct{ requests }

func (r subset) all(by ...metric.Label) promql.Expr { return r.sum(r.Requests, by) }

func (r subset) ok(by ...metric.Label) promql.Expr {
	if r.Status != "" && slices.Contains(r.Requests.Labels, r.Status) {
		return byStatus{r.requests}.ok(by...)
	}
	return r.all(by...).Sub(r.failed(r.anyError(), by...).OrZero(r.all(by...)))
}

func (r subset) failed(pattern string, by ...metric.Label) promql.Expr {
	return r.sum(r.Errors, by, r.having(pattern)...)
}

// disjoint is for services with separate counters of successes and failures. Either may have no series yet.
type disjoint struct{ requests }

func (r disjoint) all(by ...metric.Label) promql.Expr {
	well, failed := r.sum(r.Requests, by), r.sum(r.Errors, by)
	return well.Add(failed).Or(well).Or(failed)
}

func (r disjoint) ok(by ...metric.Label) promql.Expr { return r.sum(r.Requests, by) }

func (r disjoint) failed(pattern string, by ...metric.Label) promql.Expr {
	return r.sum(r.Errors, by, r.having(pattern)...)
}

// failedRatio is the share of the requests whose status matches the pattern. It has no series without requests.
func (r requests) failedRatio(pattern string, by ...metric.Label) promql.Expr {
	o := r.comparable().outcomes()
	return o.failed(pattern, by...).Div(o.all(by...).Gt(promql.Number(0)))
}

// quantile is the time in seconds within which the given share of the requests is answered.
func (r requests) quantile(share float64, by ...metric.Label) promql.Expr {
	buckets := r.sum(r.Duration.Bucket(), append(slices.Clone(by), metric.BucketLabel))
	return buckets.HistogramQuantile(share, r.Duration).Base()
}

// sum adds up what a counter counted with such a status, in total or by label. It leaves out route labels that the
// counter does not have, and matches only labels that the counter has.
func (r requests) sum(c metric.Counter, by []metric.Label, status ...promql.Matcher) promql.Expr {
	scope := r.scope
	if !slices.Contains(c.Labels, r.Path) {
		scope = scope.Whole()
	}
	for _, label := range []metric.Label{r.Path, r.Method} {
		if slices.Contains(by, label) && !slices.Contains(c.Labels, label) {
			c = metric.Counter{}
		}
	}
	return r.named(r.count(scope.Where(status...), c).Sum(by...), by)
}

// named gives requests without a route the path "other".
func (r requests) named(e promql.Expr, by []metric.Label) promql.Expr {
	if r.Unrouted && slices.Contains(by, r.Path) {
		return e.LabelReplace(r.Path, "other", r.Path, "")
	}
	return e
}

// having matches a status. A counter of errors without a status counts all of them as the service's own. An empty
// pattern matches no requests.
func (r requests) having(pattern string) []promql.Matcher {
	switch {
	case r.Status == "" && r.Errors.Name != "" && pattern != r.clientError():
		return nil
	case pattern == "":
		return []promql.Matcher{promql.MatchRegexp("", "")}
	}
	return []promql.Matcher{promql.MatchRegexp(r.Status, pattern)}
}

// comparable drops matchers that the failures' counter does not have: without a path on it, failures are compared
// with all requests.
func (r requests) comparable() requests {
	if !slices.Contains(r.failures().Labels, r.Path) {
		r.scope = r.scope.Whole()
	}
	return r
}
