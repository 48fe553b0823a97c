package frame

import (
	"cmp"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
)

// concatenate puts the fields of all frames into one, each as long as the longest.
func (w *work) concatenate(frames []Frame, options *grafana.Node) []Frame {
	if len(frames) < 2 {
		return frames
	}
	var result Frame
	rows := 0
	for _, f := range frames {
		rows = max(rows, f.Len())
	}
	for _, f := range frames {
		for _, field := range f.Fields {
			switch mode := options.At("frameNameMode").Text(); {
			case f.Name == "" || mode == "drop":
			case mode == "label":
				field.Labels = labeled(field.Labels, cmp.Or(options.At("frameNameLabel").Text(), "frame"), f.Name)
			case field.Name == "" || field.Name == "Value":
				field.Name = f.Name
			default:
				field.Name = f.Name + " · " + field.Name
			}
			result.Fields = append(result.Fields, field.with(append(field.cells(), make([]any, rows-field.Len())...)))
		}
	}
	return []Frame{result}
}

// labelsToFields makes columns of the labels of each frame, or a frame of the labels of each series.
func (w *work) labelsToFields(frames []Frame, options *grafana.Node) []Frame {
	kept := options.At("keepLabels").Texts()
	if options.At("mode").Text() == "rows" {
		return labelRows(frames, kept)
	}
	all := slices.Clone(frames)
	for at, f := range frames {
		all[at].Fields = nil
		var names []string
		values := map[string][]string{}
		for _, field := range f.Fields {
			for _, label := range sortedKeys(field.Labels) {
				switch {
				case kept != nil && !slices.Contains(kept, label):
				case label == options.At("valueLabel").Text():
					field.Name = field.Labels[label]
				default:
					names = append(names, label)
					values[label] = append(values[label], field.Labels[label])
				}
			}
			if field.Labels != nil {
				field.Labels, field.title, field.legend = nil, "", ""
			}
			all[at].Fields = append(all[at].Fields, field)
		}
		for _, name := range unique(names) {
			for _, value := range unique(values[name]) {
				all[at].Fields = append(all[at].Fields, Field{Name: name, Kind: Text, Texts: slices.Repeat([]string{value}, f.Len())})
			}
		}
	}
	return all
}

func labelRows(frames []Frame, kept []string) (all []Frame) {
	n := namesOf(frames)
	for _, f := range frames {
		for i, field := range f.Fields {
			names, values := kept, []string(nil)
			if kept == nil {
				names = sortedKeys(field.Labels)
			}
			for _, name := range names {
				values = append(values, field.Labels[name])
			}
			if field.Labels != nil && len(values) > 0 {
				all = append(all, Frame{RefID: f.RefID, Name: n.of(f, i), Fields: []Field{
					{Name: "label", Kind: Text, Texts: names}, {Name: "value", Kind: Text, Texts: values}}})
			}
		}
	}
	return all
}

// seriesToRows puts all series below each other, the newest first.
func (w *work) seriesToRows(frames []Frame, _ *grafana.Node) []Frame {
	frames = slices.DeleteFunc(slices.Clone(frames), func(f Frame) bool { return f.Len() == 0 })
	var times, metrics, values []any
	for _, f := range frames {
		at := f.firstTime()
		value := 0
		if at == 0 {
			value = 1
		}
		if at < 0 || value >= len(f.Fields) {
			return frames
		}
		times = append(times, f.Fields[at].cells()...)
		metrics = append(metrics, slices.Repeat([]any{f.display()}, f.Len())...)
		values = append(values, f.Fields[value].cells()...)
	}
	if len(frames) == 0 {
		return frames
	}
	result := Frame{RefID: refs("seriesToRows", frames), Fields: []Field{
		column("Time", Time, times), column("Metric", Text, metrics), column("Value", Number, values)}}
	return []Frame{result.sorted(0, true)}
}

// trends makes a row of each series of a query: its labels, and the series as a small chart.
func (w *work) trends(frames []Frame, _ *grafana.Node) (all []Frame) {
	var order []string
	for _, f := range frames {
		order = append(order, f.RefID)
	}
	for _, ref := range unique(order) {
		trend := Field{Name: "Trend #" + ref, Kind: Nested}
		var labels []string
		var rows []map[string]string
		for _, f := range frames {
			at := f.firstTime()
			if f.RefID != ref || at < 0 {
				if f.RefID == ref {
					all = append(all, f)
				}
				continue
			}
			for _, field := range f.Fields {
				if field.Kind == Number {
					trend.Nested = append(trend.Nested, Frame{RefID: ref, Fields: []Field{f.Fields[at], field}})
					rows = append(rows, field.Labels)
					labels = append(labels, sortedKeys(field.Labels)...)
				}
			}
		}
		if trend.Nested == nil {
			continue
		}
		table := Frame{RefID: ref}
		for _, label := range unique(labels) {
			field := Field{Name: label, Kind: Text}
			for _, row := range rows {
				field.Texts = append(field.Texts, row[label])
			}
			table.Fields = append(table.Fields, field)
		}
		table.Fields = append(table.Fields, trend)
		all = append(all, table)
	}
	return all
}

// partition splits the first frame by the values of fields.
func (w *work) partition(frames []Frame, options *grafana.Node) (all []Frame) {
	wanted := options.At("fields").Texts()
	if len(frames) == 0 || len(wanted) == 0 {
		return frames
	}
	f, found := frames[0], byNames(wanted)
	var keys, others []Field
	for i, field := range f.Fields {
		isKey := found(f.alone(), f, i)
		if isKey {
			keys = append(keys, field)
		}
		if !isKey || options.At("keepFields").Bool() {
			others = append(others, field)
		}
	}
	if len(keys) == 0 {
		return frames[:1]
	}
	naming := options.At("naming")
	asLabels := !naming.At("asLabels").Exists() || naming.At("asLabels").Bool()
	for _, rows := range groupRows(keys) {
		part := Frame{RefID: f.RefID, Name: f.Name, Fields: others}.pick(rows)
		labels, name := map[string]string{}, []string{}
		for _, key := range keys {
			value := textOf(key.cell(rows[0]))
			labels[key.Name] = value
			if naming.At("withNames").Bool() {
				value = key.Name + textOr(naming.At("separator1"), "=") + value
			}
			name = append(name, value)
		}
		for i := range part.Fields {
			if asLabels {
				for label, value := range labels {
					part.Fields[i].Labels = labeled(part.Fields[i].Labels, label, value)
				}
			}
		}
		if !asLabels {
			part.Name = strings.Join(name, textOr(naming.At("separator2"), " "))
			if naming.At("append").Bool() && f.Name != "" {
				part.Name = f.Name + " " + part.Name
			}
		}
		all = append(all, part)
	}
	return all
}

func textOr(n *grafana.Node, otherwise string) string {
	if n.Exists() {
		return n.Text()
	}
	return otherwise
}
