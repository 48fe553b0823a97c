// Package dashboards is what we watch: the boards of a Go service and the alerts over the same expressions, one
// subject a file, and the target they are made for. It is content only. How an expression becomes PromQL is in
// promql, how a panel looks is in panel, how a board becomes a file is in provision.
package dashboards

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/alert"
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

// RuleFile is the rules that belong to a board: the file is named after its uid.
type RuleFile struct {
	Board  string
	Groups func(Target) []alert.Group
}

// Rules are the rules of the boards, in the boards' order.
var Rules = []RuleFile{
	{"go-overview", OverviewRules},
	{"go-memory", MemoryRules},
	{"go-goroutines", GoroutinesRules},
	{"go-gc", GCRules},
	{"go-http", HTTPRules},
}

// Build makes the file's groups for a target, but for those of which the target has nothing.
func (f RuleFile) Build(t Target) ([]alert.Built, error) {
	var groups []alert.Built
	for _, group := range f.Groups(t) {
		for i := range group.Alerts {
			group.Alerts[i].Board = t.UID(group.Alerts[i].Board)
		}
		built, err := group.Build(t.AlertScope(), t.Routing)
		if err != nil {
			return nil, fmt.Errorf("rules of %s: group %s: %w", f.Board, group.Name, err)
		}
		if len(built.Rules) > 0 {
			groups = append(groups, built)
		}
	}
	return groups, nil
}
