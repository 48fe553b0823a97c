package grafana

import (
	"fmt"
	"reflect"
	"strings"
)

// dump writes a board as text, a line for each part, without what is not set.
func dump(b Board) string {
	var out strings.Builder
	fmt.Fprintf(&out, "board %s\n", set(b))
	for _, v := range b.Variables {
		fmt.Fprintf(&out, "variable %s%s\n", set(v), inSection(v.Section))
	}
	for _, a := range b.Annotations {
		fmt.Fprintf(&out, "annotation %s\n", set(a))
	}
	dumpLayout(&out, b, b.Layout, "")
	for _, p := range b.Panels {
		if p.Unplaced {
			dumpPanel(&out, p, "unplaced ", "")
		}
	}
	return out.String()
}

func inSection(s *Section) string {
	if s == nil {
		return ""
	}
	return " in " + s.Title
}

func dumpLayout(out *strings.Builder, b Board, l Layout, indent string) {
	fmt.Fprintf(out, "%s%s %s\n", indent, l.Kind, set(l.Auto))
	for _, s := range l.Sections {
		fmt.Fprintf(out, "%s  section %s\n", indent, set(*s))
		dumpLayout(out, b, s.Layout, indent+"    ")
	}
	for _, item := range l.Items {
		at := ""
		if item.Position != nil {
			at = fmt.Sprintf("%v ", *item.Position)
		}
		dumpPanel(out, b.Panels[item.Panel], at, indent+"  ")
	}
}

func dumpPanel(out *strings.Builder, p Panel, at, indent string) {
	fmt.Fprintf(out, "%spanel %s%s\n", indent, at, set(p))
	if text := set(p.Defaults); text != "" {
		fmt.Fprintf(out, "%s  field %s\n", indent, text)
	}
	for _, t := range p.Targets {
		fmt.Fprintf(out, "%s  query %s\n", indent, set(t))
	}
	for _, o := range p.Overrides {
		fmt.Fprintf(out, "%s  override %s:", indent, o)
		for _, property := range o.Properties {
			fmt.Fprintf(out, " %s=%s", property.ID, property.Value)
		}
		out.WriteString("\n")
	}
	for _, x := range p.Transformations {
		fmt.Fprintf(out, "%s  transformation %s\n", indent, set(x))
	}
}

// set writes the fields of a struct that have a value, one after the other; the parts with lines of their own are left
// out.
func set(value any) string {
	v := reflect.ValueOf(value)
	var parts []string
	for i := range v.NumField() {
		name, field := v.Type().Field(i).Name, v.Field(i)
		switch field.Interface().(type) {
		case []Panel, []Variable, []Annotation, Layout, []Target, []Override, []Transformation, Field, *Position, []*Section, *Section:
			continue
		}
		if field.IsZero() || field.Kind() == reflect.Slice && field.Len() == 0 {
			continue
		}
		if text := shown(name, field); text != "" {
			parts = append(parts, name+":"+text)
		}
	}
	return strings.Join(parts, " ")
}

func shown(name string, field reflect.Value) string {
	switch value := field.Interface().(type) {
	case *Node:
		if name == "Options" || name == "Decimals" || name == "Min" || name == "Max" || name == "Conditions" {
			return value.String()
		}
		return ""
	case *float64:
		return fmt.Sprint(*value)
	case string:
		return fmt.Sprintf("%q", value)
	}
	switch field.Kind() {
	case reflect.Struct:
		return "{" + set(field.Interface()) + "}"
	case reflect.Slice:
		var parts []string
		for i := range field.Len() {
			parts = append(parts, shown("", field.Index(i)))
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	return fmt.Sprint(field.Interface())
}
