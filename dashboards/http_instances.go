package dashboards

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// HTTPInstances shows the requests of the chosen processes, directly from their metrics. The window is that of the
// records for the HTTP board, so that both show the same for all processes. Services with disjoint counters do not
// have this board: the sum of their requests is not a short query.
func HTTPInstances(t Target) cog.Builder[dashboard.Dashboard] {
	if t.HTTP.Disjoint {
		t.HTTP = HTTPNames{}
	}
	r := t.ofInstances()
	return t.Board("go-http-instances", "Go / HTTP by instance", "Which instance fails or is slow?").
		Row("By instance").
		Line(9, trafficByInstance(t, r), errorsByInstance(t, r)).
		Line(9, latencyByInstance(t, r), inFlightByInstance(t)).
		Row("Chosen instances together").
		Line(10, statusClasses(r, "the chosen instances"), durations(r), trafficByPath(t, r))
}

// ofInstances are the requests of the chosen processes.
func (t Target) ofInstances() requests {
	return requests{t.HTTP, t.people(t.Scope()).Over(t.lasting(alertWindow)), promql.Scope.Rate}
}

func trafficByInstance(t Target, r requests) *timeseries.PanelBuilder {
	return panel.TimeSeries("Requests by instance",
		"Requests a second to each instance"+r.without()+". One far from the others: the balancer treats it differently, or it is sick.",
		panel.Requests.Of(r.outcomes().all(t.others()...)))
}

func errorsByInstance(t Target, r requests) *timeseries.PanelBuilder {
	return panel.TimeSeries("Server errors by instance",
		"Share of each instance's requests that failed ("+r.serverErrors()+"). One instance alone: restart it. All: a shared dependency.",
		panel.Share.Of(r.failedRatio(r.serverError(), t.others()...)).Steps(serverErrorsYellow, serverErrorsRed)).
		NoValue(noFailures)
}

func latencyByInstance(t Target, r requests) *timeseries.PanelBuilder {
	return panel.TimeSeries("p95 latency by instance",
		"The time that 95% of each instance's requests stay below. One instance alone: look at its CPU, garbage collection and neighbours.",
		panel.Of(measured(r.quantile(0.95, t.others()...))).Steps(t.SLO.Latency.Seconds(), t.SLO.Slow.Seconds())).
		NoValue(noRequests)
}

func inFlightByInstance(t Target) *timeseries.PanelBuilder {
	return panel.TimeSeries("Requests in flight",
		"Requests that each instance is answering at the moment, probes included. Rising while traffic is flat: something they wait for.",
		panel.Number.Of(t.Scope().Value(t.HTTP.InFlight)))
}

func trafficByPath(t Target, r requests) *table.PanelBuilder {
	by := append(t.clusterLabels(), r.byRoute()...)
	return panel.Table("Requests by path",
		"Requests a second to each path. Choose one instance to see which paths it gets.",
		panel.Col("Requests", panel.Requests.Of(r.outcomes().all(by...)))).
		NoValue(noRequests)
}
