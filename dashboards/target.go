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

// Target describes the service that the boards are made for: how Prometheus names its series, which of them exist,
// and what its HTTP metrics are called. The same boards serve every service; only this value differs.
type Target struct {
	// Job is the value of the job label that the service is scraped under.
	Job string
	// Address is the host:port that the generated prometheus.yml scrapes.
	Address string
	// Identity are the labels that together name one process, the wider before the narrower: job and instance, or
	// cluster, namespace and pod. They are in every variable, matcher, grouping and legend. All but the last name the
	// processes that are judged together.
	Identity []metric.Label
	// Labels are added to every series of the service by its scraper, prometheus.yml or the ServiceMonitor: labels of
	// Identity without another source, such as the name of the cluster.
	Labels map[string]string
	// ScrapeInterval is how often Prometheus scrapes and evaluates, and the basis of Grafana's windows.
	ScrapeInterval time.Duration
	// Speed divides every window that is longer than Grafana's own: 1 or 0 in production, 60 for a demo in which an
	// hour's leak shows in a minute.
	Speed int
	// SLO are the objectives that colour steps and limits are derived from.
	SLO SLO
	// Routing is where alerts link to, and the labels that route them.
	Routing alert.Routing
	// HTTP has the names of the HTTP server's metrics. An empty name means that the service does not have it.
	HTTP HTTPNames
	// Exposes are the service's metrics of the Go runtime and of the process: a list such as golang.DefaultCollector,
	// or All of the catalogue that cmd/metrics made from the service's page. Panels, queries and alerts that need
	// others are left out.
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
	Slow    time.Duration // an alert fires if one request in twenty takes this long; a higher edge
	Errors  float64       // share of requests that may fail by the service's own fault, over 30 days
}

// Demo is the target at sixty times the speed, to see in minutes what otherwise takes hours.
func (t Target) Demo() Target {
	t.ScrapeInterval = time.Second
	t.Speed = 60
	return t
}

// window is a production window at the target's speed. It is at least four scrapes, so that rate() still works when
// one of them fails.
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

// others are the identity labels without job, which has its own variable.
func (t Target) others() []metric.Label {
	return slices.DeleteFunc(slices.Clone(t.Identity), func(l metric.Label) bool { return l == metric.JobLabel })
}

// fleet are the labels that name all processes of the service together: in one cluster and namespace, if there are
// any.
func (t Target) fleet() []metric.Label {
	wider := t.Identity[:max(len(t.Identity)-1, 0)] // Check refuses an empty Identity, but runs later
	if slices.Contains(wider, metric.JobLabel) {
		return wider
	}
	return append([]metric.Label{metric.JobLabel}, wider...)
}

// clusterLabels are the labels that name the service's clusters, if there are any. Shares and quantiles over several
// clusters would hide a sick one.
func (t Target) clusterLabels() []metric.Label {
	return slices.DeleteFunc(slices.Clone(t.fleet()), func(l metric.Label) bool { return l == metric.JobLabel })
}

// worst is the largest of the clusters' values.
func worst(e promql.Expr) promql.Expr {
	if len(e.Labels()) == 0 {
		return e
	}
	return e.Max()
}

// alertWindow is an alert's default window: long enough to survive a failed scrape or two.
const alertWindow = 5 * time.Minute

// AlertScope is the alerts' scope: every process of the job, over their own window.
func (t Target) AlertScope() promql.Scope {
	return promql.NewScope(t.lasting(alertWindow), t.Identity, promql.MatchEqual(metric.JobLabel, t.Job)).Lacking(t.lacks)
}

// lasting is a window in PromQL, at the target's speed.
func (t Target) lasting(production time.Duration) promql.Window {
	return promql.Lasting(t.window(production))
}

// UID is the uid of one of our boards for this target.
func (t Target) UID(board string) string { return t.UIDPrefix + board }

// lacks reports whether the service does not have a runtime metric that the boards know by name. Any other metric,
// such as one on a board of your own, is assumed to exist.
func (t Target) lacks(name string) bool { return golang.All.Has(name) && !t.Exposes.Has(name) }
