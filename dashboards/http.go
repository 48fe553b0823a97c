package dashboards

import (
	"github.com/grafana/grafana-foundation-sdk/go/bargauge"
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/heatmap"
	"github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// HTTP is rate, errors and duration of requests.
func HTTP(t Target) cog.Builder[dashboard.Dashboard] {
	h, s := t.HTTP, t.requests().Where(promql.Selected(t.HTTP.Path))
	path := labelValues(metric.Family(h.Requests), h.Path, promql.Selected(metric.JobLabel), h.noProbes())
	return t.board("go-http", "Go / HTTP", "Which requests fail or are slow, and since when?", path).
		Row("By path").
		Line(10, outcomes(h, s).Span(14), errorShares(h, s)).
		Row("Over time").
		Line(8, statusClasses(h, s), errorRatios(h, s), latencies(t, s)).
		Line(8, durations(h, s), inFlight(t), budgetBurn(t)).
		Row("Details").
		Line(9, paths(t, s))
}

// requests is the scope of the requests that people make: probes are left out.
func (t Target) requests() promql.Scope { return t.scope().Where(t.HTTP.noProbes()) }

func (h HTTPNames) noProbes() promql.Matcher { return promql.NoneOf(h.Path, h.Probes...) }

// Status classes, as patterns of the status label.
const (
	serverError = "5.."
	clientError = "4.."
	anyError    = "[45].."
)

// noRequests is what shares and quantiles of nothing show.
const noRequests = "no requests"

// rate is how many requests a second are answered, in all or by label.
func (h HTTPNames) rate(s promql.Scope, by ...metric.Label) promql.Expr {
	return s.Rate(h.Requests).Sum(by...)
}

// errorRatio is the share of requests that are answered with a status of the pattern: zero where none ever was, and nothing
// where there are no requests.
func (h HTTPNames) errorRatio(s promql.Scope, status string, by ...metric.Label) promql.Expr {
	errors := s.Where(promql.Matches(h.Status, status)).Rate(h.Errors).Sum(by...)
	return errors.OrZero(h.rate(s, by...)).Div(h.rate(s, by...).Above(0))
}

// latency is what the given share of requests stays below.
func (h HTTPNames) latency(s promql.Scope, share float64, by ...metric.Label) promql.Expr {
	return s.Quantile(share, h.Duration, by...)
}

// measured leaves out the quantiles of no observation at all, which are NaN.
func measured(quantile promql.Expr) promql.Expr { return quantile.AtLeast(0) }

// mostPaths is how many pairs of bars a reader can compare.
const mostPaths = 10

func outcomes(h HTTPNames, s promql.Scope) *bargauge.PanelBuilder {
	s = s.Over(promql.ShownRange)
	all := s.Increase(h.Requests).Sum(h.Path)
	ok := s.Where(promql.MatchesNot(h.Status, anyError)).Increase(h.Requests).Sum(h.Path)
	failed := s.Increase(h.Errors).Sum(h.Path)
	busiest := func(e promql.Expr) promql.Expr { return e.OrZero(all).And(all.Top(mostPaths)).Descending() }
	return panel.Bars("Requests by path and outcome",
		"Successful (green) against failed (red) requests over the shown range, for the ten busiest paths; failed are 4xx and 5xx "+
			"together. A long red bar: look at its path in \"Server errors by path\" beside, which counts 5xx only.",
		panel.Number,
		panel.Named("ok", busiest(ok)).Colored("green"),
		panel.Named("failed (4xx + 5xx)", busiest(failed)).Colored("red")).
		Decimals(0)
}

func errorShares(h HTTPNames, s promql.Scope) *bargauge.PanelBuilder {
	worst := h.errorRatio(s.Over(promql.ShownRange), serverError, h.Path).Top(mostPaths).Descending()
	return panel.Bars("Server errors by path",
		"Share of each path's requests that were answered 5xx over the shown range, the worst ten first. One path alone: its handler "+
			"or what it calls. All paths: the process or a shared dependency.",
		panel.Share, panel.Named("", worst).Steps(serverErrorsYellow, serverErrorsRed)).
		Max(1).NoValue(noRequests)
}

func statusClasses(h HTTPNames, s promql.Scope) *timeseries.PanelBuilder {
	class := func(name string, status promql.Matcher, color string) panel.Query {
		return panel.Named(name, h.rate(s.Where(status)).OrZero(h.rate(s))).Colored(color)
	}
	return panel.Stacked("Requests by status class",
		"Traffic and its outcome, probes left out. A change in colour without a change in height is a fault; a change in height "+
			"comes from the clients.",
		panel.Requests,
		class("ok (below 400)", promql.MatchesNot(h.Status, anyError), "green"),
		class("4xx", promql.Matches(h.Status, clientError), "orange"),
		class("5xx", promql.Matches(h.Status, serverError), "red"))
}

func errorRatios(h HTTPNames, s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Error ratio",
		"Share of requests answered 5xx, which are ours, and 4xx, which are usually the clients'. 5xx rising: sort the paths below by "+
			"errors. 4xx rising after a release: the interface changed.",
		panel.Share,
		panel.Named("5xx", h.errorRatio(s, serverError)).Colored("red"),
		panel.Named("4xx", h.errorRatio(s, clientError)).Colored("orange").Steps(serverErrorsYellow, serverErrorsRed)).
		NoValue(noRequests)
}

func latencies(t Target, s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Latency",
		"What half, 95% and 99% of requests stay below, interpolated within the histogram's buckets. All three rising: saturation. "+
			"p99 alone: one path or one dependency; see the distribution.",
		panel.Auto,
		panel.Named("p50", measured(t.HTTP.latency(s, 0.5, t.fleet()...))),
		panel.Named("p95", measured(t.HTTP.latency(s, 0.95, t.fleet()...))),
		panel.Named("p99", measured(t.HTTP.latency(s, 0.99, t.fleet()...))).Steps(t.SLO.Latency.Seconds(), latencyRed)).
		NoValue(noRequests)
}

func durations(h HTTPNames, s promql.Scope) *heatmap.PanelBuilder {
	return panel.Heatmap("Latency distribution",
		"How many requests took how long. Two bands are two behaviours, such as cache hit and miss: find what tells their requests "+
			"apart.",
		s.Buckets(h.Duration))
}

func inFlight(t Target) *timeseries.PanelBuilder {
	return panel.TimeSeries("Requests in flight",
		"Requests being answered at the moment, probes included. Rising while traffic is flat: something they all wait for.",
		panel.Number, panel.Named("", t.scope().Value(t.HTTP.InFlight)))
}

func paths(t Target, s promql.Scope) *table.PanelBuilder {
	h := t.HTTP
	return panel.Table("Paths",
		"One row a path: requests a second, share answered 5xx, and what 95% stay below. Sort by a column; a click on a row shows "+
			"that path alone.",
		panel.Col("Requests", panel.Requests, h.rate(s, h.Path)),
		panel.Col("5xx", panel.Share, h.errorRatio(s, serverError, h.Path)).Steps(serverErrorsYellow, serverErrorsRed),
		panel.Col("p95", panel.Auto, measured(h.latency(s, 0.95, h.Path))).Steps(t.SLO.Latency.Seconds(), latencyRed)).
		DataLinks([]cog.Builder[dashboard.DashboardLink]{t.link("Show this path alone", "go-http", h.Path)}).
		NoValue(noRequests)
}
