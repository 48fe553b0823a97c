package dashboards

import (
	"time"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// firstScrape is how long a Prometheus that has just started may know no target, at any speed: it looks for targets
// every five seconds. Measured: ten seconds until the first scrape.
const firstScrape = 30 * time.Second

// OverviewRules fire when processes are missing or keep restarting.
func OverviewRules(t Target) []alert.Group {
	alerts := []alert.Alert{
		{
			Name: "GoTargetDown", Severity: alert.Warning, For: t.window(2 * time.Minute),
			Panel:    instances(t),
			Quantity: func(s promql.Scope) promql.Expr { return s.Value(metric.Up).Eq(promql.Number(0)) },
			Summary:  "cannot be scraped",
			Description: "Prometheus gets no metrics from this process. Is it running, does it answer on its port, can Prometheus reach " +
				"it? While it is down, the other alerts are blind to it.",
		},
		{
			Name: "GoServiceDown", Severity: alert.Critical, For: t.window(2 * time.Minute),
			Panel:    down(t),
			Quantity: t.downShare, Limit: downRed,
			Summary: "{{ $value | humanizePercentage }} of the instances are down",
			Description: "More than a quarter of the service cannot be scraped. Look at the last deployment first, then at the network between " +
				"Prometheus and the instances.",
		},
		{
			Name: "GoTargetMissing", Severity: alert.Critical, For: max(t.window(5*time.Minute), firstScrape),
			Panel:    instancesDown(t.Scope()),
			Quantity: func(s promql.Scope) promql.Expr { return s.Absent(metric.Up) },
			Summary:  "Prometheus knows no instance",
			Description: "Prometheus has no target of this job, so nothing else can be judged. Look at /targets and at its configuration: " +
				"the job's name, service discovery, a selector that matches no more.",
		},
		{
			Name: "GoMetricsMissing", Severity: alert.Warning, For: t.window(10 * time.Minute),
			Panel: instances(t),
			Quantity: func(s promql.Scope) promql.Expr {
				return s.Value(metric.Up).Eq(promql.Number(1)).Unless(goroutineCount(s))
			},
			Summary: "is up, but exposes no metrics of the Go runtime",
			Description: "The process answers, but its page has no Go metrics: boards and alerts are blind. Is the Go collector (or " +
				"OpenTelemetry's runtime instrumentation) registered with the registry that /metrics serves? Is it the right port?",
		},
		{
			Name: "GoRestarting", Severity: alert.Warning, For: t.window(time.Minute),
			Panel:    restarted(t),
			Quantity: t.restarts, Limit: restartsRed,
			Summary: "restarted {{ $value }} times in " + t.spoken(restartsOver),
			Description: "The process keeps starting anew. Read the end of its log for a panic, and look for OOM kills: then the memory board " +
				"shows what grew.",
		},
	}
	if len(t.clusterLabels()) > 0 {
		alerts = append(alerts, t.clusterMissing())
	}
	return []alert.Group{{Name: "instances", Alerts: alerts}}
}

// gone is how long a missing cluster is reported. After that, it counts as given up.
const gone = time.Hour

// clusterMissing is for a service in several clusters: if all instances of one vanish, only the others still have up.
func (t Target) clusterMissing() alert.Alert {
	return alert.Alert{
		Name: "GoClusterMissing", Severity: alert.Critical, For: max(t.window(5*time.Minute), firstScrape),
		Panel: instances(t),
		Quantity: func(s promql.Scope) promql.Expr {
			known := s.Over(t.lasting(gone)).MinOverTime(metric.Up).Count(t.fleet()...)
			return known.Unless(s.Value(metric.Up).Count(t.fleet()...))
		},
		Summary: "Prometheus knows no instance any more",
		Description: "All instances have vanished from here, while the service goes on elsewhere. Was it scaled to nothing or deleted, " +
			"or does service discovery no longer find it? Nothing else judges it now.",
	}
}
