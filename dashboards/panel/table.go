package panel

import (
	"fmt"
	"slices"

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
	words []string
}

// Col makes a column.
func Col(name string, shown Shown) Column { return Column{name: name, query: query(shown)} }

// Info makes a column of a label that the expression has beyond those that name a row, such as the version in go_info.
func Info(name string, label metric.Label, e promql.Expr) Column {
	return Column{name: name, query: Number.Of(e), label: label}
}

// Words shows 0 and 1 as words, 0 in red and 1 in green.
func (c Column) Words(zero, one string) Column {
	c.words = []string{zero, one}
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
		return b.RecordError("columns", fmt.Errorf("panel %q: %w", title, promql.Mistake("no column")))
	}
	columns = slices.DeleteFunc(columns, func(c Column) bool { return c.query.expr.Missing() })
	if len(columns) == 0 {
		return leaveOut(b)
	}
	for i, c := range columns {
		b = c.add(b, title, refID(i))
	}
	return b.
		WithTransformation(dashboard.DataTransformerConfig{Id: "merge", Options: map[string]any{}}).
		WithTransformation(dashboard.DataTransformerConfig{Id: "organize", Options: organize(columns)})
}

// organize gives the columns their names and order: the labels that name a row, then the columns as listed. Grafana calls
// the value of query A "Value #A", and that of the only query "Value".
func organize(columns []Column) map[string]any {
	exclude, rename, index := map[string]bool{"Time": true}, map[string]string{}, map[string]int{}
	for _, label := range columns[0].query.expr.Labels() {
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
	if c.words != nil {
		properties = append(properties, dashboard.DynamicConfigValue{Id: "mappings", Value: c.mappings()}, colored)
	}
	if c.query.limits != nil {
		steps, _ := c.query.limits(display).Build() // a fixed mode and its steps: nothing to fail on
		properties = append(properties, dashboard.DynamicConfigValue{Id: "thresholds", Value: steps}, colored)
	}
	return b.OverrideByName(c.name, properties)
}

// colored lets a cell show its colour: by default a table shows none.
var colored = dashboard.DynamicConfigValue{Id: "custom.cellOptions", Value: map[string]string{"type": "color-background"}}

// mappings are Grafana's value mappings for 0 and 1.
func (c Column) mappings() []any {
	word := func(text, color string, index int) map[string]any {
		return map[string]any{"text": text, "color": color, "index": index}
	}
	return []any{map[string]any{"type": "value", "options": map[string]any{
		"0": word(c.words[0], "red", 0), "1": word(c.words[1], "green", 1),
	}}}
}
