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
	h, s := t.HTTP, t.requests()
	var variables []cog.Builder[dashboard.VariableModel]
	if h.Path != "" {
		s = s.Where(promql.Selected(h.Path))
		variables = append(variables, h.pathVariable())
	}
	return t.Board("go-http", "Go / HTTP", "Which requests fail or are slow, and since when?", variables...).
		Row("By path").
		Line(10, outcomes(h, s).Span(14), errorShares(t, s)).
		Row("Over time").
		Line(8, statusClasses(h, s), errorRatios(t, s), latencies(t, s)).
		Line(8, durations(h, s), inFlight(t), budgetBurn(t)).
		Row("Details").
		Line(9, paths(t, s))
}

// pathVariable chooses among the paths of people's requests; "All" includes those without a path, which OpenTelemetry gives
// to requests that no route takes.
func (h HTTPNames) pathVariable() cog.Builder[dashboard.VariableModel] {
	within := append([]promql.Matcher{promql.Selected(metric.JobLabel)}, h.noProbes()...)
	return panel.LabelValues(metric.Family(h.Requests), h.Path, within...).AllValue(".*")
}

// noRequests is what shares and quantiles of nothing show.
const noRequests = "no requests"

// measured leaves out the quantiles of no observation at all, which are NaN.
func measured(quantile promql.Expr) promql.Expr { return quantile.Ge(promql.Number(0)) }

// mostPaths is how many pairs of bars a reader can compare.
const mostPaths = 10

func outcomes(h HTTPNames, s promql.Scope) *bargauge.PanelBuilder {
	s, by := s.Over(promql.ShownRange), h.byPath()
	all := h.all(s, promql.Scope.Increase, by...)
	busiest := func(e promql.Expr) promql.Expr { return e.And(all.TopK(mostPaths)).SortDesc() }
	title, advice := "Requests by path and outcome", "for the ten busiest paths; failed are "+h.anyErrors()+`. A long red bar: look at `+
		`its path in "Server errors by path" beside, which counts `+h.serverErrors()+" only."
	if h.Path == "" {
		busiest = promql.Expr.SortDesc
		title, advice = "Requests by outcome", "failed are "+h.anyErrors()+". A long red bar: look when it began, in the panels below."
	}
	return panel.Bars(title,
		"Successful (green) against failed (red) requests over the shown range, "+advice,
		panel.Number.Named("ok", busiest(h.ok(s, promql.Scope.Increase, by...))).Colored("green"),
		panel.Number.Named(h.failedName(), busiest(h.failed(s, promql.Scope.Increase, h.anyError(), by...))).Colored("red")).
		Decimals(0)
}

func errorShares(t Target, s promql.Scope) *bargauge.PanelBuilder {
	h := t.HTTP
	worst := h.errorRatio(s.Over(promql.ShownRange), h.serverError(), append(t.apart(), h.Path)...).TopK(mostPaths).SortDesc()
	return panel.Bars("Server errors by path",
		"Share of each path's requests that failed ("+h.serverErrors()+") over the shown range, the worst ten first. One path alone: its "+
			"handler or what it calls. All paths: the process or a shared dependency.",
		panel.Share.Of(worst).Steps(serverErrorsYellow, serverErrorsRed)).
		Max(1).NoValue(noRequests)
}

func statusClasses(h HTTPNames, s promql.Scope) *timeseries.PanelBuilder {
	failed := func(pattern string) promql.Expr { return h.failed(s, promql.Scope.Rate, pattern) }
	return panel.Stacked("Requests by status class",
		"Traffic and its outcome"+h.without()+". A change in colour without a change in height is a fault; a change in height "+
			"comes from the clients.",
		panel.Requests.Named("ok", h.ok(s, promql.Scope.Rate)).Colored("green"),
		panel.Requests.Named(h.clientErrors(), failed(h.clientError())).Colored("orange"),
		panel.Requests.Named(h.serverErrors(), failed(h.serverError())).Colored("red"))
}

func errorRatios(t Target, s promql.Scope) *timeseries.PanelBuilder {
	h := t.HTTP
	return panel.TimeSeries("Error ratio",
		"Share of requests that failed: "+h.anyErrors()+". The service's own failures rising: look for "+h.where()+
			". Those of its clients rising after a release: the interface changed.",
		panel.Share.Named(h.serverErrors(), h.errorRatio(s, h.serverError(), t.apart()...)).Colored("red").Steps(serverErrorsYellow, serverErrorsRed),
		panel.Share.Named(h.clientErrors(), h.errorRatio(s, h.clientError(), t.apart()...)).Colored("orange")).
		NoValue(noRequests)
}

func latencies(t Target, s promql.Scope) *timeseries.PanelBuilder {
	quantile := func(share float64) promql.Expr { return measured(t.HTTP.latency(s, share, t.fleet()...)) }
	return panel.TimeSeries("Latency",
		"What half, 95% and 99% of requests stay below, interpolated within the histogram's buckets. All three rising: saturation. "+
			"p99 alone: one path or one dependency; see the distribution.",
		panel.Named("p50", quantile(0.5)),
		panel.Named("p95", quantile(0.95)),
		panel.Named("p99", quantile(0.99)).Steps(t.SLO.Latency.Seconds(), t.SLO.Slow.Seconds())).
		NoValue(noRequests)
}

func durations(h HTTPNames, s promql.Scope) *heatmap.PanelBuilder {
	return panel.Heatmap("Latency distribution",
		"How many requests took how long. Two bands are two behaviours, such as cache hit and miss: find what tells their requests "+
			"apart.",
		h.timed(s).Buckets(h.Duration))
}

func inFlight(t Target) *timeseries.PanelBuilder {
	return panel.TimeSeries("Requests in flight",
		"Requests being answered at the moment, probes included. Rising while traffic is flat: something they all wait for.",
		panel.Number.Of(t.Scope().Value(t.HTTP.InFlight)))
}

func paths(t Target, s promql.Scope) *table.PanelBuilder {
	h, by := t.HTTP, append(t.apart(), t.HTTP.byRoute()...)
	return panel.Table("Paths",
		"One row a path: requests a second, the share of them that failed ("+h.serverErrors()+"), and what 95% stay below. Sort by a "+
			"column; a click on a row shows that path alone.",
		panel.Col("Requests", panel.Requests.Of(h.rate(s, by...))),
		panel.Col(h.serverErrors(), panel.Share.Of(h.errorRatio(s, h.serverError(), by...)).Steps(serverErrorsYellow, serverErrorsRed)),
		panel.Col("p95", panel.Of(measured(h.latency(s, 0.95, by...))).Steps(t.SLO.Latency.Seconds(), t.SLO.Slow.Seconds()))).
		DataLinks([]cog.Builder[dashboard.DashboardLink]{t.link("Show this path alone", "go-http", append(t.apart(), h.Path)...)}).
		NoValue(noRequests)
}
