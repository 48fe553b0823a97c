package frame

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
)

// sorted sorts the rows by a field.
func (f Frame) sorted(by int, descends bool) Frame {
	rows := make([]int, f.Len())
	for i := range rows {
		rows[i] = i
	}
	field := f.Fields[by]
	compare := func(a, b int) int { return compareCells(field, a, b) }
	if slices.IsSortedFunc(rows, compare) && !descends {
		return f
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		if descends {
			a, b = b, a
		}
		return compare(a, b)
	})
	return f.pick(rows)
}

// compareCells compares two values. A missing number counts as 0, and an empty text comes last.
func compareCells(f Field, a, b int) int {
	switch x, y := f.cell(a), f.cell(b); {
	case f.Kind == Nested:
		return cmp.Compare(a, b)
	case f.Kind != Text:
		return compareNumbers(zeroed(x), zeroed(y))
	case x == "" || y == "":
		return cmp.Compare(len(textOf(y)), len(textOf(x)))
	default:
		return collate(textOf(x), textOf(y), false)
	}
}

func zeroed(cell any) float64 {
	if v := numberOf(cell); !IsNull(v) {
		return v
	}
	return 0
}

func (w *work) sortBy(frames []Frame, options *grafana.Node) []Frame {
	rules := options.At("sort").List()
	if len(rules) == 0 {
		return frames
	}
	all := slices.Clone(frames)
	for at, f := range frames {
		for i := range f.Fields {
			if f.alone().of(f, i) == rules[0].At("field").Text() {
				all[at] = f.sorted(i, rules[0].At("desc").Bool())
				break
			}
		}
	}
	return all
}

func (w *work) limit(frames []Frame, options *grafana.Node) []Frame {
	most := 10
	if n := options.At("limitField"); n.Exists() {
		most, _ = strconv.Atoi(w.put(n.Text()))
	}
	all := slices.Clone(frames)
	for at, f := range frames {
		var rows []int
		for i := range f.Len() {
			if most >= 0 && i < most || most < 0 && i >= f.Len()+most {
				rows = append(rows, i)
			}
		}
		if len(rows) < f.Len() {
			all[at] = f.pick(rows)
		}
	}
	return all
}

// filterByValue keeps, or drops, the rows whose values pass all or any of the filters.
func (w *work) filterByValue(frames []Frame, options *grafana.Node) []Frame {
	filters := options.At("filters").List()
	if len(filters) == 0 {
		return frames
	}
	n := namesOf(frames)
	isAll, isInclude := options.At("match").Text() == "all", options.At("type").Text() != "exclude"
	all := slices.Clone(frames)
	for at, f := range frames {
		byName := map[string]Field{}
		for i, field := range f.Fields {
			byName[n.of(f, i)] = field
		}
		var rows []int
		for row := range f.Len() {
			passes := func(filter *grafana.Node) bool {
				field, isThere := byName[w.put(filter.At("fieldName").Text())]
				return isThere && w.passes(field.cell(row), filter.At("config"))
			}
			isFound := slices.ContainsFunc(filters, passes)
			if isAll {
				isFound = !slices.ContainsFunc(filters, func(filter *grafana.Node) bool { return !passes(filter) })
			}
			if isFound == isInclude {
				rows = append(rows, row)
			}
		}
		all[at] = f.pick(rows)
	}
	return all
}

// passes reports whether a value passes a filter.
// https://github.com/grafana/grafana/tree/main/packages/grafana-data/src/transformations/matchers/valueMatchers
func (w *work) passes(cell any, config *grafana.Node) bool {
	option := func(name string) string { return w.put(config.At("options", name).Text()) }
	number := func(name string) float64 { return numeric(option(name), "") }
	v, wanted := numeric(cell, ""), option("value")
	lower, wantedLower := strings.ToLower(textOf(cell)), strings.ToLower(wanted)
	switch id := config.At("id").Text(); id {
	case "greater":
		return v > number("value")
	case "greaterOrEqual":
		return v >= number("value")
	case "lower":
		return v < number("value")
	case "lowerOrEqual":
		return v <= number("value")
	case "between":
		return v > number("from") && v < number("to")
	case "equal":
		return cell != nil && (textOf(cell) == wanted || v == number("value"))
	case "notEqual":
		return !(cell != nil && (textOf(cell) == wanted || v == number("value")))
	case "isNull":
		return cell == nil
	case "isNotNull":
		return cell != nil
	case "substring":
		return wanted == "" || strings.Contains(lower, wantedLower)
	case "notSubstring":
		return wanted != "" && lower != "" && !strings.Contains(lower, wantedLower)
	case "regex":
		regex, err := view.ParseRegex("/" + wanted + "/")
		if err != nil || cell == nil {
			return false
		}
		found, err := regex.Matches(textOf(cell))
		return found && err == nil
	default:
		w.gap("transformation-filterByValue", "The filter %s of filterByValue is not done: it finds no row.", id)
		return false
	}
}
