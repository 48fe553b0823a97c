// Package dashboards is what we watch: the boards of a Go service and the alerts over the same expressions, one
// subject a file, and the target they are made for. It is content only. How an expression becomes PromQL is in
// promql, how a panel looks is in panel, how a board becomes a file is in provision.
package dashboards

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// Board makes a dashboard for a target. Building what it returns gives the mistakes in it as an error.
type Board func(Target) cog.Builder[dashboard.Dashboard]

// All are the boards, in reading order. The first is the one that Grafana opens on.
var All = []Board{
	Overview,
	Memory,
	Goroutines,
	GC,
	HTTP,
	HTTPInstances,
	OTel,
}

// Rules are the rules over what the boards show, in the boards' order.
var Rules = []RuleFile{
	{"go-overview", OverviewRules},
	{"go-memory", MemoryRules},
	{"go-goroutines", GoroutinesRules},
	{"go-gc", GCRules},
	{"go-http", HTTPRules},
}
