package frame

import (
	"math"

	"gaugewright/internal/grafana"
)

// reduce makes a row of each field: its name, and a column for each calculation. The other mode keeps the fields, with
// one value each.
func (w *work) reduce(frames []Frame, options *grafana.Node) []Frame {
	var ids []string
	for _, id := range options.At("reducers").Texts() {
		if _, ok := calcOf(id); ok || id == "allValues" || id == "uniqueValues" {
			ids = append(ids, id)
		} else {
			w.gap("transformation-reduce", "The calculation %s of reduce is not done.", id)
		}
	}
	isFields := options.At("mode").Text() == "reduceFields"
	found := w.matcher(options.At("fields", "id").Text(), options.At("fields", "options"))
	if found == nil {
		found = func(_ names, f Frame, i int) bool {
			return f.Fields[i].Kind != Time || isFields && options.At("includeTimeField").Bool()
		}
	}
	switch {
	case len(ids) == 0:
		return frames
	case isFields:
		return reduceFields(frames, found, ids)
	}
	return []Frame{reduceToRows(frames, found, ids, options.At("labelsToFields").Bool())}
}

func reduceToRows(frames []Frame, found matcher, ids []string, hasLabels bool) Frame {
	n := namesOf(frames)
	var labels []string
	columns := map[string][]any{}
	for _, f := range frames {
		for _, field := range f.Fields {
			labels = append(labels, sortedKeys(field.Labels)...)
		}
	}
	labels = unique(labels)
	for _, f := range frames {
		for i, field := range f.Fields {
			if !found(n, f, i) {
				continue
			}
			name := n.of(f, i)
			if hasLabels {
				name = field.Name
			}
			columns["Field"] = append(columns["Field"], name)
			for _, label := range labels {
				columns["label "+label] = append(columns["label "+label], field.Labels[label])
			}
			for _, id := range ids {
				v := field.aggregated(id)
				if v == nil {
					v = math.NaN()
				}
				columns["calc "+id] = append(columns["calc "+id], v)
			}
		}
	}
	result := Frame{RefID: refs("reduce", frames), Fields: []Field{column("Field", Text, columns["Field"])}}
	for _, label := range labels {
		if hasLabels {
			result.Fields = append(result.Fields, column(label, Text, columns["label "+label]))
		}
	}
	for _, id := range ids {
		result.Fields = append(result.Fields, column(CalcName(id), Number, columns["calc "+id]))
	}
	return result
}

func reduceFields(frames []Frame, found matcher, ids []string) (all []Frame) {
	n := namesOf(frames)
	for _, f := range frames {
		var fields []Field
		for i, field := range f.Fields {
			if !found(n, f, i) {
				continue
			}
			for _, id := range ids {
				one := field.with([]any{field.aggregated(id)})
				one.Labels = labeled(field.Labels, "", "")
				if len(ids) > 1 {
					one.Labels = labeled(field.Labels, "reducer", CalcName(id))
				}
				fields = append(fields, one)
			}
		}
		if f.Fields = fields; len(fields) > 0 {
			all = append(all, f)
		}
	}
	return all
}
