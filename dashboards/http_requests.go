package dashboards

import (
	"slices"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// counting is how a counter is counted: Scope.Rate, Scope.Increase, or what a recording rule made of it.
type counting func(promql.Scope, metric.Counter) promql.Expr

// requests are a server's requests in a scope, by how they ended.
type requests struct {
	HTTPNames
	scope promql.Scope
	count counting
}

// outcomes say how requests ended: there is one kind for each way in which services tell.
type outcomes interface {
	// all counts every request, in all or by label.
	all(by ...metric.Label) promql.Expr
	// ok counts the requests that did not fail.
	ok(by ...metric.Label) promql.Expr
	// failed counts the requests whose status has the pattern. It is nothing where none ever had.
	failed(pattern string, by ...metric.Label) promql.Expr
}

// outcomes are the requests' outcomes, as the service tells them.
func (r requests) outcomes() outcomes {
	switch {
	case r.Disjoint:
		return disjoint{r}
	case r.Errors.Name != "":
		return subset{r}
	}
	return byStatus{r}
}

// byStatus is for services that have one counter of all requests, with their status.
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

// subset is for services that count failures twice: among all requests, and by themselves.
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

// disjoint is for services that count what went well apart from what failed. Either may have no series yet.
type disjoint struct{ requests }

func (r disjoint) all(by ...metric.Label) promql.Expr {
	well, failed := r.sum(r.Requests, by), r.sum(r.Errors, by)
	return well.Add(failed).Or(well).Or(failed)
}

func (r disjoint) ok(by ...metric.Label) promql.Expr { return r.sum(r.Requests, by) }

func (r disjoint) failed(pattern string, by ...metric.Label) promql.Expr {
	return r.sum(r.Errors, by, r.having(pattern)...)
}

// failedRatio is the share of the requests whose status has the pattern: nothing where there are no requests.
func (r requests) failedRatio(pattern string, by ...metric.Label) promql.Expr {
	o := r.comparable().outcomes()
	return o.failed(pattern, by...).Div(o.all(by...).Gt(promql.Number(0)))
}

// quantile is what the given share of the requests is answered within, in seconds.
func (r requests) quantile(share float64, by ...metric.Label) promql.Expr {
	buckets := r.sum(r.Duration.Bucket(), append(slices.Clone(by), metric.BucketLabel))
	return buckets.HistogramQuantile(share, r.Duration).Base()
}

// sum adds up what a counter counted with such a status, in all or by label; not by a label of a route that it does not
// have. It narrows the scope no further than the counter's labels can be.
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

// named gives a path to the requests that no route takes, where they have none.
func (r requests) named(e promql.Expr, by []metric.Label) promql.Expr {
	if r.Unrouted && slices.Contains(by, r.Path) {
		return e.LabelReplace(r.Path, "other", r.Path, "")
	}
	return e
}

// having narrows to a status. A counter of errors that has no status counts all of them as the service's own. Without a
// pattern there are no such requests.
func (r requests) having(pattern string) []promql.Matcher {
	switch {
	case r.Status == "" && r.Errors.Name != "" && pattern != r.clientError():
		return nil
	case pattern == "":
		return []promql.Matcher{promql.MatchRegexp("", "")}
	}
	return []promql.Matcher{promql.MatchRegexp(r.Status, pattern)}
}

// comparable narrows no further than failures can be: where these have no path, they are held against all requests.
func (r requests) comparable() requests {
	if !slices.Contains(r.failures().Labels, r.Path) {
		r.scope = r.scope.Whole()
	}
	return r
}
