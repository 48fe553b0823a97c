package frame

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// names is how the fields of several frames are told apart.
// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/field/fieldState.ts
type names struct {
	framesDiffer bool   // the frames have different names
	label        string // the only label that fields have; empty where there are several
}

func namesOf(frames []Frame) names {
	var n names
	labels := map[string]bool{}
	for i, f := range frames {
		n.framesDiffer = n.framesDiffer || i > 0 && f.Name != frames[i-1].Name
		for _, field := range f.Fields {
			for label := range field.Labels {
				labels[label] = true
			}
		}
	}
	if len(labels) == 1 {
		for label := range labels {
			n.label = label
		}
	}
	return n
}

// alone is how the fields of a frame are told apart where the others do not matter.
func (f Frame) alone() names { return namesOf([]Frame{f}) }

// of returns the name that Grafana shows for a field of a frame.
func (n names) of(f Frame, i int) string {
	field := f.Fields[i]
	switch {
	case field.title != "":
		return field.title
	case field.legend != "":
		return field.legend
	case field.Kind == Time && field.Labels == nil:
		return field.Name
	}
	var parts []string
	if n.framesDiffer && f.Name != "" {
		parts = append(parts, f.Name)
	}
	if field.Name != "" && field.Name != "Value" {
		parts = append(parts, field.Name)
	}
	labels := labelsText(field.Labels)
	if n.label != "" {
		labels = field.Labels[n.label]
	}
	if labels != "" {
		parts = append(parts, labels)
	} else if field.Name == "Value" && f.Name != "" && !n.framesDiffer {
		parts = append(parts, f.Name)
	}
	if name := strings.Join(parts, " "); name != "" && name != field.Name {
		return name
	}
	return f.numbered(i)
}

// numbered returns the name of a field in the data, with a number where others of its frame have the same.
func (f Frame) numbered(i int) string {
	name, same, number := f.Fields[i].Name, 0, 0
	for j, other := range f.Fields {
		if other.Name == name {
			same++
		}
		if j == i {
			number = same
		}
	}
	switch {
	case name == "":
		return "Value"
	case same > 1:
		return fmt.Sprintf("%s %d", name, number)
	}
	return name
}

// labelsText writes labels as Grafana does: {a="b", c="d"}.
func labelsText(labels map[string]string) string {
	if len(labels) == 0 {
		return ""
	}
	var pairs []string
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		pairs = append(pairs, label+`="`+labels[label]+`"`)
	}
	return "{" + strings.Join(pairs, ", ") + "}"
}

// display returns the name of a frame: its own, or the one of its only value.
func (f Frame) display() string {
	if f.Name != "" {
		return f.Name
	}
	var all []string
	n := f.alone()
	for i, field := range f.Fields {
		if field.Kind != Time {
			all = append(all, n.of(f, i))
		}
	}
	return strings.Join(all, ", ")
}
