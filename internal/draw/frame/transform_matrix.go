package frame

import (
	"cmp"
	"slices"
	"strconv"

	"gaugewright/internal/grafana"
)

// matrix makes columns of the values of one field, and rows of those of another.
func (w *work) matrix(frames []Frame, options *grafana.Node) []Frame {
	if len(frames) != 1 {
		return frames
	}
	f := frames[0]
	named := func(option, otherwise string) (string, int) {
		name := cmp.Or(w.put(options.At(option).Text()), otherwise)
		return name, slices.IndexFunc(f.indexes(), func(i int) bool { return byNames([]string{name})(f.alone(), f, i) })
	}
	columnName, columns := named("columnField", "Time")
	rowName, rows := named("rowField", "Time")
	_, values := named("valueField", "Value")
	if columns < 0 || rows < 0 || values < 0 {
		return frames
	}
	heads, groups := groupRows(f.Fields[columns:columns+1]), groupRows(f.Fields[rows:rows+1])
	if len(heads)*len(groups) > mostCells {
		w.gap("transformation-groupingToMatrix", "groupingToMatrix would make more than %d values: the table stays as it is.", mostCells)
		return frames
	}
	at := map[string]int{}
	var firsts []int
	for i, group := range groups {
		at[textOf(f.Fields[rows].cell(group[0]))] = i
		firsts = append(firsts, group[0])
	}
	key := f.Fields[rows].pick(firsts)
	key.Name, key.Labels = rowName+`\`+columnName, nil
	result := Frame{Fields: []Field{key}}
	for _, group := range heads {
		picked := slices.Repeat([]int{-1}, len(groups))
		for _, row := range group {
			picked[at[textOf(f.Fields[rows].cell(row))]] = row
		}
		field := f.Fields[values].pick(picked)
		field.Name, field.title, field.Labels = textOf(f.Fields[columns].cell(group[0])), "", nil
		result.Fields = append(result.Fields, field)
	}
	return []Frame{result}
}

// transpose makes rows of the fields of each frame. The values of the first field, where they are texts or times, tell
// the new fields apart.
func (w *work) transpose(frames []Frame, options *grafana.Node) []Frame {
	n := namesOf(frames)
	firstName := cmp.Or(w.put(options.At("firstFieldName").Text()), "Field")
	restName := cmp.Or(w.put(options.At("restFieldsName").Text()), "Value")
	all := slices.Clone(frames)
	for at, f := range frames {
		if len(f.Fields) == 0 {
			continue
		}
		head, others := f.Fields[0], f.Fields
		hasHeads := head.Kind == Text || head.Kind == Time
		if hasHeads {
			others = others[1:]
		}
		var rows []any
		for i := len(f.Fields) - len(others); i < len(f.Fields); i++ {
			rows = append(rows, n.of(f, i))
		}
		fields := []Field{column(firstName, Text, rows)}
		for row := range head.Len() {
			var cells []any
			for _, field := range others {
				cells = append(cells, field.cell(row))
			}
			one := column(restName, Text, cells)
			one.Labels = map[string]string{"row": strconv.Itoa(row + 1)}
			if hasHeads {
				one.Labels = map[string]string{head.Name: textOf(head.cell(row))}
			}
			fields = append(fields, one)
		}
		all[at].RefID, all[at].Fields = "transpose-"+f.RefID, fields
	}
	return all
}
