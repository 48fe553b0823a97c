package frame

import (
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
)

// matcher reports whether it finds a field of a frame; n is how the fields of all frames are told apart.
type matcher func(n names, f Frame, i int) bool

// kindNames are the kinds as boards write them.
var kindNames = map[Kind]string{Number: "number", Time: "time", Text: "string", Nested: "frame"}

// matcher returns a matcher by its id. It returns nil for one that is not known here.
// https://github.com/grafana/grafana/tree/main/packages/grafana-data/src/transformations/matchers
func (w *work) matcher(id string, options *grafana.Node) matcher {
	text := options.Text()
	switch id {
	case "byName":
		return byNames([]string{text, w.put(text)})
	case "byNames":
		found := byNames(options.At("names").Texts())
		if options.At("mode").Text() == "exclude" {
			return func(n names, f Frame, i int) bool { return !found(n, f, i) }
		}
		return found
	case "byRegexp":
		return w.byRegex(text)
	case "byRegexpOrNames":
		named, matched := byNames(options.At("names").Texts()), w.byRegex(options.At("pattern").Text())
		return func(n names, f Frame, i int) bool { return named(n, f, i) || matched(n, f, i) }
	case "byFrameRefID":
		return func(_ names, f Frame, _ int) bool { return f.RefID == text }
	case "byType":
		return byKinds(text)
	case "byTypes":
		return byKinds(options.Texts()...)
	case "numeric":
		return byKinds("number")
	case "time":
		return byKinds("time")
	case "first":
		return func(_ names, _ Frame, i int) bool { return i == 0 }
	case "firstTimeField":
		return func(_ names, f Frame, i int) bool { return i == f.firstTime() }
	case "byValue":
		return byValue(options)
	}
	return nil
}

func (f Frame) firstTime() int {
	return slices.IndexFunc(f.Fields, func(field Field) bool { return field.Kind == Time })
}

// byNames finds fields by a name of their own or a shown one. Value is also what has the name of its metric.
func byNames(wanted []string) matcher {
	return func(n names, f Frame, i int) bool {
		field := f.Fields[i]
		return slices.Contains(wanted, field.Name) || slices.Contains(wanted, n.of(f, i)) ||
			slices.Contains(wanted, "Value") && field.Labels["__name__"] == field.Name && field.Name != ""
	}
}

func byKinds(wanted ...string) matcher {
	return func(_ names, f Frame, i int) bool { return slices.Contains(wanted, kindNames[f.Fields[i].Kind]) }
}

// byRegex finds fields whose shown name matches the pattern, or the pattern with the variables' values.
func (w *work) byRegex(text string) matcher {
	var all []view.Regex
	for _, text := range slices.Compact([]string{text, w.put(text)}) {
		if text == "" {
			continue
		}
		if regex, err := view.ParseRegex(text); err == nil {
			all = append(all, regex)
		}
	}
	return func(n names, f Frame, i int) bool {
		return slices.ContainsFunc(all, func(r view.Regex) bool {
			found, err := r.Matches(n.of(f, i))
			if err != nil {
				w.gap("slow-regex", "The regex %s takes too long, so it finds nothing.", text)
			}
			return found
		})
	}
}

// byValue finds fields by a calculation of their values.
func byValue(options *grafana.Node) matcher {
	id, compare := options.At("reducer").Text(), options.At("op").Text()
	wanted, _ := options.At("value").Number()
	return func(_ names, f Frame, i int) bool {
		v, ok := f.Fields[i].Calc(id)
		if id == "allIsNull" || id == "allIsZero" {
			return v == 1
		}
		if !ok {
			return false
		}
		switch compare {
		case "eq", "":
			return v == wanted
		case "neq":
			return v != wanted
		case "lt":
			return v < wanted
		case "lte":
			return v <= wanted
		case "gt":
			return v > wanted
		}
		return compare == "gte" && v >= wanted
	}
}
