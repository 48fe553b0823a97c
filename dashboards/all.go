// Package dashboards has the boards of a Go service, the alerts over the same expressions, one subject in each file,
// and the target that they are made for. It has only content: promql writes expressions, panel makes panels and
// boards, provision writes files.
//
// To have the boards for a service of your own, begin with the target that is closest, such as [Promhttp] or
// [OpenTelemetry], and change what differs:
//
//	shop := dashboards.Promhttp
//	shop.Job, shop.Address = "shop", "shop:8080" // the job label of its series, and where Prometheus scrapes it
//	shop.Exposes = catalogue.All                 // made by cmd/metrics from the service's page
//	shop.SLO.Latency = 250 * time.Millisecond    // an edge of the duration's buckets
//	provision.Main(provision.Service{Target: shop})
//
// [Target] says what each field means. What the service lacks is left out of the boards. docs/own-service.md has the
// whole way, with boards and alerts of your own.
package dashboards

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// Board makes a dashboard for a target. Building the result returns its mistakes as an error.
type Board func(Target) cog.Builder[dashboard.Dashboard]

// All are the boards, in reading order. Grafana opens on the first.
var All = []Board{
	Overview,
	Memory,
	Goroutines,
	GC,
	HTTP,
	HTTPInstances,
	OTel,
}

// Rules are the rules over the boards' quantities, in the boards' order.
var Rules = []RuleFile{
	{"go-overview", OverviewRules},
	{"go-memory", MemoryRules},
	{"go-goroutines", GoroutinesRules},
	{"go-gc", GCRules},
	{"go-http", HTTPRules},
}
