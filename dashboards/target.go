package dashboards

import (
	"fmt"
	"slices"
	"time"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/app"
	"gaugewright/dashboards/promql"
)

// Target says what the boards are made for: how Prometheus names the service's series, and what its HTTP metrics are
// called. The same boards serve every service; only this value differs.
type Target struct {
	// Job is the value of the job label that the service is scraped under.
	Job string
	// Address is the host:port that the generated prometheus.yml scrapes.
	Address string
	// Identity are the labels that together name one process: job and instance, or cluster, namespace and pod. They enter
	// every variable, matcher, grouping and legend.
	Identity []metric.Label
	// ScrapeInterval is how often Prometheus scrapes and evaluates, and the step that Grafana computes its windows from.
	ScrapeInterval time.Duration
	// Speed divides every window that is longer than Grafana's own: 1 in production, 60 for a demo in which an hour's
	// leak shows in a minute.
	Speed int
	// SLO are the objectives that colour steps and limits are derived from.
	SLO SLO
	// Routing is where the alerts send people, and by which labels they are routed.
	Routing alert.Routing
	// HTTP names the metrics of the service's HTTP server.
	HTTP HTTPNames
}

// SLO are a service's objectives.
type SLO struct {
	Latency time.Duration // most requests are answered within this; an edge of the duration's buckets
	Errors  float64       // share of requests that may be answered 5xx, over 30 days
}

// HTTPNames are the metrics and labels of an HTTP server.
type HTTPNames struct {
	Requests metric.Counter   // every request
	Errors   metric.Counter   // those of them that were answered 4xx or 5xx
	Duration metric.Histogram // seconds
	InFlight metric.Gauge
	Path     metric.Label // the route's pattern
	Method   metric.Label
	Status   metric.Label // three digits
	Probes   []string     // paths that only machines ask for, left out of every board
}

// App is the target for this repository's own service under its Compose stack.
var App = Target{
	Job:            "myapp",
	Address:        "api:8000",
	Identity:       []metric.Label{metric.JobLabel, metric.InstanceLabel},
	ScrapeInterval: 10 * time.Second,
	Speed:          1,
	SLO:            SLO{Latency: 300 * time.Millisecond, Errors: 0.001},
	Routing:        alert.Routing{Grafana: "http://localhost:3000", Runbooks: "dashboards/runbooks"},
	HTTP: HTTPNames{
		Requests: app.APIHTTPRequestTotal,
		Errors:   app.APIHTTPRequestErrorTotal,
		Duration: app.APIHTTPRequestDurationSeconds,
		InFlight: app.APIHTTPRequestsInFlight,
		Path:     app.LabelPath,
		Method:   app.LabelMethod,
		Status:   app.LabelStatus,
		Probes:   []string{"/health", "/metrics"},
	},
}

// Demo is the target at sixty times the speed, for looking at what otherwise takes hours.
func (t Target) Demo() Target {
	t.ScrapeInterval = time.Second
	t.Speed = 60
	return t
}

// window is a production window at the target's speed; never under four scrapes, the least that rate() needs to stay
// whole when one of them fails.
func (t Target) window(production time.Duration) time.Duration {
	return max(production/time.Duration(t.Speed), 4*t.ScrapeInterval)
}

// spoken is a production window at the target's speed, in words: "15 minutes", "1 hour".
func (t Target) spoken(production time.Duration) string {
	window := t.window(production)
	for _, unit := range []struct {
		name string
		size time.Duration
	}{{"hour", time.Hour}, {"minute", time.Minute}} {
		switch n := window / unit.size; {
		case window%unit.size != 0:
		case n == 1:
			return "1 " + unit.name
		case n > 1:
			return fmt.Sprintf("%d %ss", n, unit.name)
		}
	}
	return fmt.Sprintf("%d seconds", int(window.Seconds()))
}

// others are the identity labels but job, which has a variable of its own.
func (t Target) others() []metric.Label {
	return slices.DeleteFunc(slices.Clone(t.Identity), func(l metric.Label) bool { return l == metric.JobLabel })
}

// fleet are the labels that name all processes of the service together: in one cluster and namespace, where there are any.
func (t Target) fleet() []metric.Label {
	wider := t.Identity[:len(t.Identity)-1]
	if slices.Contains(wider, metric.JobLabel) {
		return wider
	}
	return append([]metric.Label{metric.JobLabel}, wider...)
}

// alertWindow is what an alert looks back over where it says nothing else: long enough to outlive a failed scrape or two.
const alertWindow = 5 * time.Minute

// alertScope is what the alerts see: every process of the job, over a window of their own.
func (t Target) alertScope() promql.Scope {
	return promql.NewScope(t.lasting(alertWindow), t.Identity, promql.Is(metric.JobLabel, t.Job))
}

// lasting is a window in PromQL, at the target's speed.
func (t Target) lasting(production time.Duration) promql.Window {
	return promql.Lasting(t.window(production))
}
