package frame

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

var template = regexp.MustCompile(`\$\{(__(?:field|series)[^}:]*)(?::\w+)?\}|\$(__(?:field|series)[\w.]*)`)

// fill puts the board's variables, and the field's own name and labels, into a display name. What has no value stays.
// https://grafana.com/docs/grafana/latest/panels-visualizations/configure-data-links/#field-variables
func (w *work) fill(text string, f Frame, i int) string {
	field := f.Fields[i]
	own := template.ReplaceAllStringFunc(text, func(part string) string {
		m := template.FindStringSubmatch(part)
		switch name := m[1] + m[2]; name {
		case "__field.name":
			return field.Name
		case "__field.displayName", "__field":
			field.title = ""
			f.Fields = slices.Clone(f.Fields)
			f.Fields[i] = field
			return f.alone().of(f, i)
		case "__series.name", "__series":
			return f.display()
		case "__field.labels":
			return strings.Trim(labelsText(field.Labels), "{}")
		case "__field.labels.__values":
			var values []string
			for _, label := range slices.Sorted(maps.Keys(field.Labels)) {
				values = append(values, field.Labels[label])
			}
			return strings.Join(values, ", ")
		default:
			label, isLabel := strings.CutPrefix(name, "__field.labels")
			if !isLabel {
				return part
			}
			return field.Labels[strings.Trim(label, `.["']`)]
		}
	})
	return w.put(own)
}
