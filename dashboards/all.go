// Package dashboards has the boards of a Go service, the alerts over the same expressions, one subject in each file,
// and the target that they are made for. It has only content: promql writes expressions, panel makes panels and
// boards, provision writes files.
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
