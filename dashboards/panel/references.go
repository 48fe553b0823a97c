package panel

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/promql"
)

// reference finds the first dashboard variable in a text, $name or ${name...}: its position and its name. A name that
// begins with a digit, such as $1, belongs to a regular expression. from is -1 if there is no variable.
func reference(text string) (from, to int, name string) {
	for from = strings.IndexByte(text, '$'); from >= 0 && from < len(text); from++ {
		if text[from] != '$' {
			continue
		}
		start := from + 1
		braced := strings.HasPrefix(text[start:], "{")
		if braced {
			start++
		}
		end := start
		for end < len(text) && inName(text[end], end == start) {
			end++
		}
		closed := strings.IndexByte(text[end:], '}')
		switch {
		case end == start || braced && closed < 0:
		case braced:
			return from, end + closed + 1, text[start:end]
		default:
			return from, end, text[start:end]
		}
	}
	return -1, -1, ""
}

// inName reports whether a letter may be in a variable's name. A digit may not be first.
func inName(c byte, first bool) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || !first && '0' <= c && c <= '9'
}

// unknown returns a mistake for each variable in texts that the board does not have, at its first use. Names that
// begin with two underscores are Grafana's own. In a link to another board, var-name is that board's variable, and
// its value is this board's.
func (l *layout) unknown(who string, value any, repeat string, at place) []error {
	var errs []error
	report := func(name, written string) {
		if strings.HasPrefix(name, "__") || slices.Contains(l.variables, name) || slices.Contains(l.reported, name) {
			return
		}
		l.reported = append(l.reported, name)
		mend := fmt.Sprintf("name one that it has (%s), or add one with Variable", l.has())
		if name == promql.Shown {
			mend = "set with Processes and WorstBy which processes its graphs show"
		}
		errs = append(errs, fmt.Errorf("%s: %w", who, at.mistake("%s names a variable that the board does not have: %s", written, mend)))
	}
	if repeat != "" {
		report(repeat, "Repeat(\""+repeat+"\")")
	}
	texts(reflect.ValueOf(value), func(text string) {
		for {
			from, to, name := reference(text)
			if from < 0 {
				return
			}
			report(name, text[from:to])
			text = text[to:]
		}
	})
	return errs
}

// has returns the board's variables in words.
func (l *layout) has() string {
	if len(l.variables) == 0 {
		return "none yet"
	}
	return strings.Join(l.variables, ", ")
}

// head returns the mistakes above the rows.
func (l *layout) head(board dashboard.Dashboard, at place) []error {
	var errs []error
	for i, name := range l.variables {
		if slices.Contains(l.variables[:i], name) {
			errs = append(errs, at.mistake("two variables are called %q: give one another name", name))
		}
	}
	return slices.Concat(errs,
		l.unknown("title and description", []*string{board.Title, board.Description}, "", at),
		l.unknown("variables", board.Templating.List, "", at),
		l.unknown("annotations", board.Annotations.List, "", at),
		l.unknown("links", board.Links, "", at))
}

// texts calls f with every text in a value of the SDK's.
func texts(v reflect.Value, f func(string)) {
	switch v.Kind() {
	case reflect.String:
		f(v.String())
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			texts(v.Elem(), f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			texts(v.Field(i), f)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			texts(v.Index(i), f)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			texts(v.MapIndex(key), f)
		}
	}
}
