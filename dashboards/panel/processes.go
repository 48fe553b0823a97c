package panel

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// show is the variable in which a reader chooses how many processes are drawn one by one.
const show = "show"

// processes are the processes that a board draws one by one.
type processes struct {
	label metric.Label // names a process
	up    promql.Expr  // has a series for each process that the shown range saw
	worst promql.Expr  // the rank
}

// Processes sets the label that distinguishes processes, and an expression with one series for each process in the
// shown range.
func (b *Board) Processes(label metric.Label, up promql.Expr) *Board {
	b.processes.label, b.processes.up = label, up
	return b
}

// WorstBy ranks the processes. Graphs with a line for each process draw those with the largest values at the end of
// the shown range: ten, unless the reader chooses otherwise. Processes that have ended come last. The rank is a
// variable's query, so it cannot use promql.RateInterval: Grafana does not know it there.
func (b *Board) WorstBy(rank promql.Expr) *Board {
	b.processes.worst = rank
	return b
}

// variables returns the variables for how many and which processes are drawn; none if no panel draws them.
func (p processes) variables(panels []dashboard.PanelOrRowPanel) ([]dashboard.VariableModel, error) {
	if p.label == "" || !draws(panels) {
		return nil, nil
	}
	ranked := p.up.String() + " * 0"
	if p.worst.Has() && p.worst.String() != "" {
		if err := p.worst.Err(); err != nil {
			return nil, fmt.Errorf("the rank of the processes: %w", err)
		}
		if strings.Contains(p.worst.String(), string(promql.RateInterval)) {
			return nil, promql.Mistake("the rank of the processes is over %s, which Grafana knows in panels only: rank Over another window",
				promql.RateInterval)
		}
		ranked = p.worst.String() + " or " + ranked
	}
	query := fmt.Sprintf("query_result(topk($%s, %s))", show, ranked)
	lines, err := howMany().Build()
	if err != nil {
		return nil, err
	}
	found, err := which(p.label, query).Build()
	return []dashboard.VariableModel{lines, found}, err
}

// howMany is the variable for the number of processes.
func howMany() *dashboard.CustomVariableBuilder {
	return dashboard.NewCustomVariableBuilder(show).
		Label("Lines").
		Values(dashboard.StringOrMap{String: cog.ToPtr("10 worst : 10,25 worst : 25,all : 1000000")}).
		Current(dashboard.VariableOption{
			Selected: cog.ToPtr(true),
			Text:     dashboard.StringOrArrayOfString{String: cog.ToPtr("10 worst")},
			Value:    dashboard.StringOrArrayOfString{String: cog.ToPtr("10")},
		})
}

// which is the hidden variable with the processes that a query ranks; all of its values are shown.
func which(label metric.Label, query string) *dashboard.QueryVariableBuilder {
	return dashboard.NewQueryVariableBuilder(promql.Shown).
		Hide(dashboard.VariableHideHideVariable).
		Datasource(DataSource).
		Query(dashboard.StringOrMap{String: &query}).
		Definition(query).
		Regex(fmt.Sprintf(`/[{,]%s="([^"]+)"/`, label)).
		Refresh(dashboard.VariableRefreshOnTimeRangeChanged).
		Multi(true).
		IncludeAll(true).
		Current(All())
}

// All is the option of a variable that selects everything.
func All() dashboard.VariableOption {
	return dashboard.VariableOption{
		Selected: cog.ToPtr(true),
		Text:     dashboard.StringOrArrayOfString{String: cog.ToPtr("All")},
		Value:    dashboard.StringOrArrayOfString{String: cog.ToPtr("$__all")},
	}
}

// draws reports whether a panel has a query of the shown processes.
func draws(panels []dashboard.PanelOrRowPanel) bool {
	for _, p := range panels {
		if p.Panel == nil {
			continue
		}
		for _, target := range p.Panel.Targets {
			if q, ok := target.(prometheus.Dataquery); ok && strings.Contains(q.Expr, "$"+promql.Shown) {
				return true
			}
		}
	}
	return false
}
