package dashboards

import (
	"slices"

	"github.com/grafana/grafana-foundation-sdk/go/bargauge"
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/heatmap"
	"github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// HTTP shows rate, errors and duration of the whole service's requests, by path. It reads recorded series, so it
// costs the same with a hundred processes as with one.
func HTTP(t Target) cog.Builder[dashboard.Dashboard] {
	s := t.serviceScope()
	s, variables := t.pathChoice(s, metric.Family(t.byPath(t.HTTP.Requests)))
	r := t.ofService(s)
	counted, summed := requests{r.HTTPNames, r.scope, t.recordedIncrease}, requests{r.HTTPNames, r.scope, t.recordedSum}
	return t.ServiceBoard("go-http", "Go / HTTP", "Which requests fail or are slow, and since when?", variables...).
		Row("By path").
		Line(13, pathOutcomes(counted, summed).Span(14), errorShares(t, summed)).
		Row("Over time").
		Line(8, statusClasses(r, "the whole service"), errorRatios(t, r), latencies(t, r)).
		Line(8, durations(r), inFlight(s, t.HTTP), budgetBurn(t)).
		Row("Details").
		Line(10, paths(t, r))
}

// pathChoice lets the reader choose among the paths of a metric's series. "All" includes series without a path.
func (t Target) pathChoice(
	s promql.Scope, paths metric.Family, within ...promql.Matcher,
) (promql.Scope, []cog.Builder[dashboard.VariableModel]) {
	path := t.HTTP.Path
	if path == "" || !slices.Contains(paths.Labels, path) {
		return s, nil
	}
	within = append([]promql.Matcher{promql.Selected(metric.JobLabel)}, within...)
	return s.Where(promql.Selected(path)), []cog.Builder[dashboard.VariableModel]{panel.LabelValues(paths, path, within...).AllValue(".*")}
}

// noRequests is the text of shares and quantiles of no requests.
const noRequests = "no requests"

// nothing is the text of a cell without a value: before a path's first failure, or without requests in the last minutes.
const nothing = "–"

// noFailures is the text of a share of failures before the first failure.
const noFailures = "no failed request"

// measured leaves out quantiles of no observations, which are NaN.
func measured(quantile promql.Expr) promql.Expr { return quantile.Ge(promql.Number(0)) }

// mostPaths is how many pairs of bars a reader can compare.
const mostPaths = 10

func pathOutcomes(r, summed requests) *bargauge.PanelBuilder {
	o, by := r.outcomes(), r.byPath()
	busiest := func(e promql.Expr) promql.Expr { return e.And(summed.outcomes().all(by...).TopK(mostPaths)).SortDesc() }
	title, whose, advice := "Requests by path and outcome", " of the ten busiest paths", `look at its path in "Server errors by path", which `+
		"counts only "+r.serverErrors()+"."
	if r.Path == "" {
		busiest = promql.Expr.SortDesc
		title, whose, advice = "Requests by outcome", "", "look in the panels below when it began."
	}
	return panel.Grouped(title,
		"Successful (green) and failed (red, "+r.anyErrors()+") requests"+whose+" over the shown range. If a red bar is long, "+advice,
		r.Path,
		panel.Number.Named("ok", busiest(o.ok(by...))).Colored("green"),
		panel.Number.Named("failed", busiest(o.failed(r.anyError(), by...))).Colored("red")).
		Decimals(0)
}

func errorShares(t Target, r requests) *bargauge.PanelBuilder {
	worst := r.failedRatio(r.serverError(), append(t.clusterLabels(), r.Path)...).TopK(mostPaths).SortDesc()
	return panel.Bars("Server errors by path",
		"Share of each path's requests that failed ("+r.serverErrors()+") over the shown range, the worst ten first. One path alone: its "+
			"handler or what it calls. All paths: the process or a shared dependency.",
		panel.Share.Of(worst).Steps(serverErrorsYellow, serverErrorsRed)).
		Max(2 * serverErrorsRed). // of all requests, a bar of a bad day would be a hair
		NoValue(noFailures)
}

func statusClasses(r requests, whose string) *timeseries.PanelBuilder {
	o := r.outcomes()
	return panel.Stacked("Requests by status class",
		"Requests to "+whose+" by their outcome"+r.without()+". If the colours change and the height does not, something fails. If the "+
			"height changes, the clients send more or less.",
		panel.Requests.Named("ok", o.ok()).Colored("green"),
		panel.Requests.Named(r.clientErrors(), o.failed(r.clientError())).Colored("orange"),
		panel.Requests.Named(r.serverErrors(), o.failed(r.serverError())).Colored("red"))
}

func errorRatios(t Target, r requests) *timeseries.PanelBuilder {
	return panel.TimeSeries("Error ratio",
		"Share of requests that failed; dashed are the limits of "+r.serverErrors()+". The service's own failures rise: look for "+
			r.whatFails()+". Those of its clients rise after a release: the interface changed.",
		panel.Share.Named(r.serverErrors(), r.failedRatio(r.serverError(), t.clusterLabels()...)).Colored("red").Steps(serverErrorsYellow, serverErrorsRed),
		panel.Share.Named(r.clientErrors(), r.failedRatio(r.clientError(), t.clusterLabels()...)).Colored("orange")).
		NoValue(noFailures)
}

func latencies(t Target, r requests) *timeseries.PanelBuilder {
	quantile := func(share float64) promql.Expr { return measured(r.quantile(share, t.serviceLabels()...)) }
	return panel.TimeSeries("Latency",
		"The time that 50%, 95% and 99% of requests stay below, estimated from the histogram's buckets; dashed are the limits of p95. All "+
			"three rise: too much load. Only p99 rises: one path or one dependency; see the distribution.",
		panel.Named("p50", quantile(0.5)),
		panel.Named("p95", quantile(0.95)).Steps(t.SLO.Latency.Seconds(), t.SLO.Slow.Seconds()),
		panel.Named("p99", quantile(0.99))).
		NoValue(noRequests)
}

func durations(r requests) *heatmap.PanelBuilder {
	return panel.Heatmap("Latency distribution",
		"How many requests a second took how long. Two bands are two behaviours, such as cache hit and miss: find how their "+
			"requests differ.",
		r.sum(r.Duration.Bucket(), []metric.Label{metric.BucketLabel}).Observing(r.Duration))
}

func inFlight(s promql.Scope, h HTTPNames) *timeseries.PanelBuilder {
	return panel.TimeSeries("Requests in flight",
		"Requests being answered at the moment, probes included. Rising while traffic is flat: something they all wait for.",
		panel.Number.Of(s.Whole().Value(h.InFlight).Sum()))
}

func paths(t Target, r requests) *table.PanelBuilder {
	by := append(t.clusterLabels(), r.byRoute()...)
	table := panel.Table("Paths",
		"One row for each path: requests a second, the share of them that failed ("+r.serverErrors()+"), and the time that 95% of them stay "+
			"below. A click on a path shows that path alone.",
		panel.Col("Requests", panel.Requests.Of(r.outcomes().all(by...))),
		panel.Col(r.serverErrors(), panel.Share.Of(r.failedRatio(r.serverError(), by...)).Steps(serverErrorsYellow, serverErrorsRed)),
		panel.Col("p95", panel.Of(measured(r.quantile(0.95, by...))).Steps(t.SLO.Latency.Seconds(), t.SLO.Slow.Seconds()))).
		SortBy([]cog.Builder[common.TableSortByFieldState]{common.NewTableSortByFieldStateBuilder().DisplayName(r.serverErrors()).Desc(true)}).
		NoValue(nothing)
	return panel.Linked(table, r.Path, t.link("Show this path alone", "go-http", t.clusterLabels(), append(t.clusterLabels(), r.Path)...))
}

func budgetBurn(t Target) *timeseries.PanelBuilder {
	s := t.Scope()
	return panel.TimeSeries("Error budget burn",
		"How many times faster requests fail ("+t.HTTP.serverErrors()+") than the objective allows. Above the red line, the budget of a "+
			"month lasts two days: find what fails in the panels above, and roll back what was changed.",
		panel.Number.Named("over 1h", t.burn("1h")(s)), panel.Number.Named("over 6h", t.burn("6h")(s)).Steps(burnYellow, burnRed)).
		NoValue(noRequests)
}
