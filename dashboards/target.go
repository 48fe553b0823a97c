package dashboards

import (
	"fmt"
	"slices"
	"time"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/promql"
)

// Target says what the boards are made for: how Prometheus names the service's series, which of them there are, and what its
// HTTP metrics are called. The same boards serve every service; only this value differs.
type Target struct {
	// Job is the value of the job label that the service is scraped under.
	Job string
	// Address is the host:port that the generated prometheus.yml scrapes.
	Address string
	// Identity are the labels that together name one process, the wider before the narrower: job and instance, or cluster,
	// namespace and pod. They enter every variable, matcher, grouping and legend. All but the last name the processes that
	// are judged together.
	Identity []metric.Label
	// Labels are given to every series of the service by what scrapes it, prometheus.yml or the ServiceMonitor: those of Identity
	// that nothing else gives, such as the name of the cluster.
	Labels map[string]string
	// ScrapeInterval is how often Prometheus scrapes and evaluates, and the step that Grafana computes its windows from.
	ScrapeInterval time.Duration
	// Speed divides every window that is longer than Grafana's own: 1 or nothing in production, 60 for a demo in which an
	// hour's leak shows in a minute.
	Speed int
	// SLO are the objectives that colour steps and limits are derived from.
	SLO SLO
	// Routing is where the alerts send people, and by which labels they are routed.
	Routing alert.Routing
	// HTTP names the metrics of the service's HTTP server. What it leaves empty the service does not have.
	HTTP HTTPNames
	// Exposes are the metrics of the Go runtime and of the process that the service has: a list such as golang.DefaultCollector, or
	// All of the catalogue that cmd/metrics made from the service's page. Panels, queries and alerts of other ones are left out.
	Exposes metric.Catalogue
	// UIDPrefix and TitlePrefix go before the uid and the title of every board, such as "shop-" and "Shop / ", so that the
	// boards of several targets can live in one Grafana.
	UIDPrefix, TitlePrefix string
	// Kubernetes is how the service runs in a cluster.
	Kubernetes Kubernetes
}

// SLO are a service's objectives.
type SLO struct {
	Latency time.Duration // most requests are answered within this; an edge of the duration's buckets
	Slow    time.Duration // what an alert is for, where one request in twenty takes as long; an edge above
	Errors  float64       // share of requests that may fail by the service's own fault, over 30 days
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
	return max(production/time.Duration(max(t.Speed, 1)), 4*t.ScrapeInterval)
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
	wider := t.Identity[:max(len(t.Identity)-1, 0)] // an empty Identity is refused by Check, which boards and rules come to later
	if slices.Contains(wider, metric.JobLabel) {
		return wider
	}
	return append([]metric.Label{metric.JobLabel}, wider...)
}

// apart are the labels that tell the service's clusters apart, where there are any: shares and quantiles of several together
// would hide the sick one.
func (t Target) apart() []metric.Label {
	return slices.DeleteFunc(slices.Clone(t.fleet()), func(l metric.Label) bool { return l == metric.JobLabel })
}

// worst is the largest of a value that is told for each cluster.
func worst(e promql.Expr) promql.Expr {
	if len(e.Labels()) == 0 {
		return e
	}
	return e.Max()
}

// alertWindow is what an alert looks back over where it says nothing else: long enough to outlive a failed scrape or two.
const alertWindow = 5 * time.Minute

// AlertScope is what the alerts see: every process of the job, over a window of their own.
func (t Target) AlertScope() promql.Scope {
	return promql.NewScope(t.lasting(alertWindow), t.Identity, promql.MatchEqual(metric.JobLabel, t.Job)).Lacking(t.lacks)
}

// lasting is a window in PromQL, at the target's speed.
func (t Target) lasting(production time.Duration) promql.Window {
	return promql.Lasting(t.window(production))
}

// UID is the uid of one of our boards for this target.
func (t Target) UID(board string) string { return t.UIDPrefix + board }

// lacks tells whether the service does not have a metric of the runtime that the boards know by name. Any other metric, such
// as those of a board that somebody adds, is there for all we know.
func (t Target) lacks(name string) bool { return golang.All.Has(name) && !t.Exposes.Has(name) }
