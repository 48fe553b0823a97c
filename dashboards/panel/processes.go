package panel

import (
	"fmt"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"
	"unicode"

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
}

// Processes sets the label that distinguishes processes, and an expression with one series for each process in the
// shown range. A graph with a line for each process then draws those whose value is largest at the end of the range:
// ten, unless the reader chooses otherwise. Processes that have ended come last.
func (b *Board) Processes(label metric.Label, up promql.Expr) *Board {
	b.processes.label, b.processes.up = label, up
	return b
}

// small are the words of a title that say nothing of what is drawn.
var small = []string{"a", "and", "by", "for", "in", "instance", "of", "or", "process", "the"}

// worst is the name of the hidden variable with the processes that a graph draws: worst_ and the first words of the
// graph's title.
func worst(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(c rune) bool { return c > unicode.MaxASCII || !inName(byte(c), false) })
	words = slices.DeleteFunc(words, func(word string) bool { return slices.Contains(small, word) })
	if len(words) == 0 {
		words = []string{fmt.Sprintf("%x", crc32.ChecksumIEEE([]byte(title)))} // a title in another script
	}
	return "worst_" + strings.Join(words[:min(len(words), 3)], "_")
}

// variables returns the variables for how many and which processes each graph draws; none if no graph draws them.
func (p processes) variables(panels []dashboard.PanelOrRowPanel) ([]dashboard.VariableModel, error) {
	ranks, err := p.ranks(panels)
	if len(ranks) == 0 || err != nil {
		return nil, err
	}
	lines, err := howMany().Build()
	if err != nil {
		return nil, err
	}
	variables := []dashboard.VariableModel{lines}
	for _, r := range ranks {
		variable, err := which(p.label, r).Build()
		if err != nil {
			return nil, err
		}
		variable.SkipUrlSync = cog.ToPtr(true) // found anew on each board, whatever link leads to it
		variables = append(variables, variable)
	}
	return variables, nil
}

// rank is what the processes of one graph are ranked by.
type rank struct{ variable, title, query string }

// ranks returns the rank of each graph that draws processes, in the graphs' order: its own first query.
func (p processes) ranks(panels []dashboard.PanelOrRowPanel) ([]rank, error) {
	var ranks []rank
	for _, drawn := range panels {
		if p.label == "" || drawn.Panel == nil || drawn.Panel.Title == nil {
			continue
		}
		r := rank{variable: worst(*drawn.Panel.Title), title: *drawn.Panel.Title}
		if r.query = p.query(*drawn.Panel, r.variable); r.query == "" {
			continue
		}
		for _, other := range ranks {
			if other.variable == r.variable {
				return nil, fmt.Errorf("panels %q and %q have the same first words, which name the variable %s: give one another title",
					other.title, r.title, r.variable)
			}
		}
		ranks = append(ranks, r)
	}
	return ranks, nil
}

// ranked is the window of a rank: Grafana knows $__rate_interval in panels only.
const ranked = "5m"

// query returns the query that ranks the processes of a panel; empty if the panel does not draw processes.
func (p processes) query(drawn dashboard.Panel, variable string) string {
	for _, target := range drawn.Targets {
		q, ok := target.(prometheus.Dataquery)
		if !ok || !strings.Contains(q.Expr, "$"+variable+`"`) {
			continue
		}
		text := strings.ReplaceAll(q.Expr, "$"+variable+`"`, "$"+string(p.label)+`"`)
		text = strings.ReplaceAll(text, "["+string(promql.RateInterval)+"]", "["+ranked+"]")
		return fmt.Sprintf("query_result(topk($%s, %s or %s * 0))", show, text, p.up)
	}
	return ""
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

// which is the hidden variable for the processes that a graph draws.
func which(label metric.Label, r rank) *dashboard.QueryVariableBuilder {
	return dashboard.NewQueryVariableBuilder(r.variable).
		Description("The processes that " + strconv.Quote(r.title) + " draws.").
		Hide(dashboard.VariableHideHideVariable).
		Datasource(DataSource).
		Query(dashboard.StringOrMap{String: &r.query}).
		Definition(r.query).
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
