package panel

import (
	"slices"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/table"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// Column is a column of a table: the values of an expression, one for each row.
type Column struct {
	name  string
	query Query
	label metric.Label // shown instead of the value
	words []dashboard.ValueMapping
}

// Col makes a column.
func Col(name string, shown Shown) Column { return Column{name: name, query: query(shown)} }

// Info makes a column of a label that the expression has beyond those that name a row, such as the version in go_info.
func Info(name string, label metric.Label, e promql.Expr) Column {
	return Column{name: name, query: Number.Of(e), label: label}
}

// Words shows 0 and 1 as words, 0 in red.
func (c Column) Words(zero, one string) Column {
	c.words = []dashboard.ValueMapping{Word(0, zero, "red"), Word(1, one, uncolored)}
	return c
}

// Table has one row for each combination of the labels of the first column's expression, and a column for each
// expression. The other expressions have the same labels; a label that only one of them has becomes a column.
func Table(title, description string, columns ...Column) *table.PanelBuilder {
	b := dress(table.NewPanelBuilder(), title, description).
		ShowHeader(true).
		CellHeight(common.TableCellHeightSm).
		Footer(common.NewTableFooterOptionsBuilder().Show(false).Reducer([]string{})) // strict decoding wants a reducer
	if len(columns) == 0 {
		return b.RecordError("columns", wrong(title, "no column: give it one with Col"))
	}
	columns = slices.DeleteFunc(slices.Clone(columns), func(c Column) bool { return c.query.expr.Missing() })
	if len(columns) == 0 {
		return leaveOut(b)
	}
	for i, c := range columns {
		if slices.ContainsFunc(columns[:i], func(other Column) bool { return other.name == c.name }) {
			b = b.RecordError("columns", wrong(title, "two columns are called %q: give one another name", c.name))
		}
		b = c.add(b, title, refID(i))
	}
	return b.
		WithTransformation(dashboard.DataTransformerConfig{Id: "merge", Options: map[string]any{}}).
		WithTransformation(dashboard.DataTransformerConfig{Id: "organize", Options: organize(columns, columns[0].query.expr.Labels()...)})
}

// Linked makes the cells of one label's column links, such as the process's name in a row on the process. The other
// cells stay plain text.
func Linked(b *table.PanelBuilder, label metric.Label, links ...cog.Builder[dashboard.DashboardLink]) *table.PanelBuilder {
	var shown []map[string]any
	for _, link := range links {
		built, err := link.Build()
		if err != nil {
			return b.RecordError("links", err)
		}
		shown = append(shown, map[string]any{"title": built.Title, "url": orEmpty(built.Url), "targetBlank": built.TargetBlank})
	}
	return b.OverrideByName(string(label), []dashboard.DynamicConfigValue{{Id: "links", Value: shown}})
}

// organize gives the columns their names and order: the labels that name a row, then the columns as listed. Grafana calls
// the value of query A "Value #A", and that of the only query "Value".
func organize(columns []Column, names ...metric.Label) map[string]any {
	exclude, rename, index := map[string]bool{"Time": true}, map[string]string{}, map[string]int{}
	for _, label := range names {
		index[string(label)] = len(index)
	}
	for i, c := range columns {
		field := "Value"
		if len(columns) > 1 {
			field += " #" + refID(i)
		}
		if c.label != "" {
			exclude[field] = true
			field = string(c.label)
		}
		rename[field] = c.name
		index[field] = len(index)
	}
	return map[string]any{"excludeByName": exclude, "renameByName": rename, "indexByName": index}
}

// add puts the column's query, unit and colours into the table.
func (c Column) add(b *table.PanelBuilder, title, ref string) *table.PanelBuilder {
	display, err := c.query.display.of(c.query.expr.Dimension())
	b = b.WithTarget(target{panel: title, refID: ref, expr: display.scaled(c.query.expr), form: rows, err: err})
	if c.label != "" {
		return b
	}
	properties := []dashboard.DynamicConfigValue{{Id: "unit", Value: display.unit}}
	if display.places > 0 {
		properties = append(properties, dashboard.DynamicConfigValue{Id: "decimals", Value: display.places})
	}
	if c.words != nil {
		properties = append(properties, dashboard.DynamicConfigValue{Id: "mappings", Value: c.words}, colored)
	}
	if c.query.limits != nil {
		steps, _ := c.query.limits(display).Build() // a fixed mode and its steps: nothing to fail on
		for i := range steps.Steps {
			if color := steps.Steps[i].Color; color == "green" || color == neutral {
				steps.Steps[i].Color = uncolored
			}
		}
		properties = append(properties, dashboard.DynamicConfigValue{Id: "thresholds", Value: steps}, colored)
	}
	return b.OverrideByName(c.name, properties)
}

// uncolored is a cell that is well: in a table of a hundred rows, only what is not should catch the eye.
const uncolored = "transparent"

// colored lets a cell show its colour: by default a table shows none.
var colored = dashboard.DynamicConfigValue{Id: "custom.cellOptions", Value: map[string]string{"type": "color-background"}}
