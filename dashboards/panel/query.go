package panel

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/variants"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// Shown is what a panel shows: a plain expression, or a Query with options.
type Shown interface{ Expr() promql.Expr }

// Query is an expression with its short name in the panel, its unit, and the style of its lines.
type Query struct {
	name    string
	expr    promql.Expr
	display Display
	color   string
	dashed  bool
	beside  bool
	limits  func(Display) cog.Builder[dashboard.ThresholdsConfig]
}

// Of makes a Query in the default unit of the expression's dimension, to add colours or limits.
func Of(e promql.Expr) Query { return Auto.Of(e) }

// Named gives an expression a short name, for panels that show several.
func Named(name string, e promql.Expr) Query { return Auto.Named(name, e) }

// Expr returns the query's expression.
func (q Query) Expr() promql.Expr { return q.expr }

// query returns a panel's argument as a Query.
func query(shown Shown) Query {
	switch shown := shown.(type) {
	case Query:
		return shown
	case nil:
		return Query{} // no expression: target reports it
	}
	return Of(shown.Expr())
}

func queriesOf(shown []Shown) []Query {
	queries := make([]Query, len(shown))
	for i, s := range shown {
		queries[i] = query(s)
	}
	return queries
}

// Colored fixes the colour of the query's series, for colours with a meaning.
func (q Query) Colored(color string) Query {
	q.color = color
	return q
}

// Steps colours the panel by the query's value: green below yellow, red from red on; if red is the smaller, the other
// way round. Both are in the expression's own unit: per second even if it is shown per minute.
func (q Query) Steps(yellow, red float64) Query {
	q.limits = func(d Display) cog.Builder[dashboard.ThresholdsConfig] { return d.steps(yellow, red) }
	return q
}

// ZeroIsGood colours the panel by a count of bad things: red from one on, no colour without a value.
func (q Query) ZeroIsGood() Query {
	q.limits = func(Display) cog.Builder[dashboard.ThresholdsConfig] { return zeroIsGood() }
	return q
}

// Dashed draws the query's series as a limit, grey.
func (q Query) Dashed() Query {
	q.dashed = true
	return q
}

// Beside draws the query's lines dashed and grey, and leaves them out of the legend: each belongs to the same process's
// line in the query before it, which needs no name of its own. The first query of a panel is drawn normally.
func (q Query) Beside() Query {
	q.beside = true
	return q
}

// listed returns labels in words.
func listed(labels []metric.Label) string {
	words := make([]string, len(labels))
	for i, label := range labels {
		words[i] = string(label)
	}
	return strings.Join(words, ", ")
}

// Legend is the labels that distinguish an expression's series, in Grafana's legend format.
func Legend(e promql.Expr) string {
	var words []string
	for _, label := range e.Varying() {
		words = append(words, "{{"+string(label)+"}}")
	}
	return strings.Join(words, " ")
}

// legend is the series' name in Grafana: labels and the query's short name, or the panel's title if it has neither.
func (q Query) legend(title string) string {
	return cmp.Or(strings.TrimSpace(Legend(q.expr)+" "+q.name), title)
}

// target is a query in Grafana's form. It keeps its mistakes until the panel is built.
type target struct {
	panel  string // the title
	refID  string
	expr   promql.Expr
	legend string
	form   form
	err    error // the display does not fit
}

// Build makes the SDK's query. It returns BuildErrors, since the SDK's panels panic on any other error.
func (t target) Build() (variants.Dataquery, error) {
	if err := cmp.Or(t.expr.Err(), t.err); err != nil {
		return nil, cog.MakeBuildErrors(t.panel, fmt.Errorf("panel %q: query %s: %w", t.panel, t.refID, err))
	}
	dataquery := prometheus.NewDataqueryBuilder().
		RefId(t.refID).
		Datasource(DataSource). // the SDK's strict decoding also needs it to recognise a Prometheus query
		Expr(t.expr.String()).
		LegendFormat(t.legend).
		Format(t.form.format).
		EditorMode(prometheus.QueryEditorModeCode)
	if t.form.instant {
		return dataquery.Instant().Build()
	}
	return dataquery.Range().Build()
}

// refID returns the n-th query's letter. Panels have far fewer than 26 queries.
func refID(n int) string { return string(rune('A' + n)) }
