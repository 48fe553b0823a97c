package frame

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
)

// groupBy makes a row of each group of rows with the same values in some fields, with calculations of the others.
func (w *work) groupBy(frames []Frame, options *grafana.Node) []Frame {
	var keys []string
	for _, m := range options.At("fields").Members() {
		if m.Value.At("operation").Text() == "groupby" {
			keys = append(keys, m.Name)
		}
	}
	if len(keys) == 0 {
		return frames
	}
	n, isKey := namesOf(frames), byNames(keys)
	var all []Frame
	for _, f := range frames {
		var by []Field
		for i, field := range f.Fields {
			if isKey(n, f, i) {
				by = append(by, field)
			}
		}
		if len(by) > 0 {
			all = append(all, f.grouped(by, options.At("fields")))
		}
	}
	return all
}

func (f Frame) grouped(by []Field, options *grafana.Node) Frame {
	groups := groupRows(by)
	result := Frame{RefID: f.RefID}
	for _, field := range by {
		var heads []int
		for _, rows := range groups {
			heads = append(heads, rows[0])
		}
		field.Labels, field.legend = nil, "" // the data source's name goes with the labels
		result.Fields = append(result.Fields, field.pick(heads))
	}
	for _, field := range f.Fields {
		name := cmp.Or(field.title, field.Name)
		operation := first(options.At(name), options.At(field.Name))
		ids := operation.At("aggregations").Texts()
		isCount := operation.At("operation").Text() == "groupby" && len(ids) == 1 && ids[0] == "count"
		if operation.At("operation").Text() != "aggregate" && !isCount {
			continue
		}
		for _, id := range ids {
			var cells []any
			for _, rows := range groups {
				cells = append(cells, field.pick(rows).aggregated(id))
			}
			result.Fields = append(result.Fields, column(name+" ("+id+")", Number, cells))
		}
	}
	return result
}

// groupRows returns the rows that have the same values, in the order of their first.
func groupRows(by []Field) [][]int {
	var groups [][]int
	index := map[string]int{}
	for row := range by[0].Len() {
		var key strings.Builder
		for _, field := range by {
			key.WriteString(textOf(field.cell(row)) + ",")
		}
		at, isThere := index[key.String()]
		if !isThere {
			at = len(groups)
			index[key.String()] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], row)
	}
	return groups
}

// aggregated returns a calculation as a value of a table. Lists of values are texts.
func (f Field) aggregated(id string) any {
	switch id {
	case "allValues", "uniqueValues":
		var all []string
		for _, cell := range f.cells() {
			if text := textOf(cell); id == "allValues" || !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
		return strings.Join(all, ", ")
	}
	v := f.calculated(id)
	if is, isBool := v.(bool); isBool {
		return strconv.FormatBool(is)
	}
	return v
}
