package frame

import (
	"cmp"
	"maps"
	"slices"

	"gaugewright/internal/grafana"
)

func sortedKeys(labels map[string]string) []string { return slices.Sorted(maps.Keys(labels)) }

// unique keeps the first of each text.
func unique(all []string) (kept []string) {
	seen := map[string]bool{}
	for _, text := range all {
		if !seen[text] {
			kept = append(kept, text)
		}
		seen[text] = true
	}
	return kept
}

// labeled returns labels with one more; without one where it has no name.
func labeled(labels map[string]string, name, value string) map[string]string {
	all := maps.Clone(labels)
	if all == nil {
		all = map[string]string{}
	}
	if name != "" {
		all[name] = value
	}
	return all
}

// merge makes one table of all: rows that agree in the fields that all tables have become one.
func (w *work) merge(frames []Frame, _ *grafana.Node) []Frame {
	if len(frames) <= 1 {
		return frames
	}
	frames = slices.DeleteFunc(slices.Clone(frames), func(f Frame) bool { return len(f.Fields) == 0 })
	shared, fields := map[string]int{}, []Field{}
	for _, f := range frames {
		own := map[string]bool{}
		for _, field := range f.Fields {
			if !slices.ContainsFunc(fields, func(other Field) bool { return other.Name == field.Name }) {
				field.Labels, field.title, field.isJoined = nil, "", true
				fields = append(fields, field)
			}
			if !own[field.Name] {
				shared[field.Name]++
			}
			own[field.Name] = true
		}
	}
	var keys []string
	for _, field := range fields {
		if shared[field.Name] == len(frames) {
			keys = append(keys, field.Name)
		}
	}
	if len(keys) == 0 {
		return frames
	}
	m := merging{keys: keys, byKey: map[string][]int{}}
	for _, f := range frames {
		m.add(f)
	}
	for i, field := range fields {
		cells := make([]any, len(m.rows))
		for row, values := range m.rows {
			cells[row] = values[field.Name]
		}
		fields[i] = field.with(cells)
	}
	return []Frame{{RefID: refs("merge", frames), Fields: fields}}
}

// merging is the work of merge.
type merging struct {
	keys  []string
	rows  []map[string]any // by the names of fields
	byKey map[string][]int
}

func (m *merging) add(f Frame) {
	for row := range f.Len() {
		values := map[string]any{}
		for _, field := range f.Fields {
			values[field.Name] = field.cell(row)
		}
		key := ""
		for _, name := range m.keys {
			key += textOf(values[name])
		}
		isMerged := false
		for _, at := range m.byKey[key] {
			if agree(m.rows[at], values) {
				maps.Copy(m.rows[at], values)
				isMerged = true
			}
		}
		if !isMerged {
			m.byKey[key] = append(m.byKey[key], len(m.rows))
			m.rows = append(m.rows, values)
		}
	}
}

// agree reports whether no value of a row is another than that of a row before.
func agree(before, values map[string]any) bool {
	for name, v := range values {
		if old := before[name]; old != nil && !equal(old, v) {
			return false
		}
	}
	return true
}

func equal(a, b any) bool {
	if a == nil || b == nil {
		return a == b
	}
	_, isNumber := a.(float64)
	_, isOther := b.(float64)
	return isNumber == isOther && textOf(a) == textOf(b)
}

func (w *work) ensureColumns(frames []Frame, _ *grafana.Node) []Frame {
	name := ""
	for _, f := range frames {
		at := f.firstTime()
		if at < 0 || name != "" && name != f.Fields[at].Name {
			return frames
		}
		name = f.Fields[at].Name
	}
	return w.joined(frames, byNames([]string{name}), "outer")
}

// prepare makes one table of time series in its wide form; the data source already gives the other form.
func (w *work) prepare(frames []Frame, options *grafana.Node) []Frame {
	switch format := options.At("format").Text(); format {
	case "wide":
		return w.ensureColumns(frames, options)
	case "long":
		w.gap("transformation-prepareTimeSeries", "The long form of prepareTimeSeries is not made: the series stay as they are.")
	}
	return frames
}

func (w *work) join(frames []Frame, options *grafana.Node) []Frame {
	by := byNames([]string{w.put(options.At("byField").Text())})
	if options.At("byField").Text() == "" {
		by = func(_ names, f Frame, i int) bool { return i == f.firstTime() }
	}
	return w.joined(frames, by, cmp.Or(options.At("mode").Text(), "outer"))
}

// joined puts frames side by side, by the values of a field that each of them has; a frame without it is dropped.
func (w *work) joined(frames []Frame, by matcher, mode string) []Frame {
	if len(frames) <= 1 {
		return frames
	}
	n := namesOf(frames)
	var tables []Frame // the first field of each is the one to join by
	for _, f := range frames {
		key := slices.IndexFunc(f.indexes(), func(i int) bool { return by(n, f, i) })
		if key < 0 {
			continue
		}
		table := Frame{Fields: []Field{f.Fields[key]}}
		for i, field := range f.Fields {
			if i != key {
				table.Fields = append(table.Fields, field.from(f))
			}
		}
		tables = append(tables, table)
	}
	join := outer
	if mode == "inner" || mode == "outerTabular" {
		join = func(tables []Frame) (Frame, bool) { return tabular(tables, mode == "outerTabular") }
	}
	if len(tables) == 0 {
		return frames
	}
	result, fits := join(tables)
	if !fits {
		w.gap("transformation-joinByField", "joinByField would make more than %d values: the tables stay apart.", mostCells)
		return frames
	}
	if mode == "inner" && len(tables) < len(frames) {
		result = result.pick(nil)
	}
	result.RefID = refs("joinByField", frames)
	return []Frame{result}
}

func (f Frame) indexes() []int {
	all := make([]int, len(f.Fields))
	for i := range all {
		all[i] = i
	}
	return all
}

// from returns a field that shows the name of the frame that it was in.
func (f Field) from(frame Frame) Field {
	switch {
	case frame.Name == "":
	case f.Name == "Value":
		f.Name = frame.Name
	case f.Labels["name"] == "":
		f.Labels = labeled(f.Labels, "name", frame.Name)
	}
	if f.Labels == nil {
		f.Labels = map[string]string{}
	}
	return f
}
