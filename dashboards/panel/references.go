package panel

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// reference is a dashboard variable as a text names it: $name or ${name...}. What begins with two underscores is Grafana's own,
// and what begins with a digit is a regular expression's.
var reference = regexp.MustCompile(`\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)[^}]*\})`)

// unknown are the mistakes of texts that name a variable that the board does not have, each variable where it is met first. In
// a link to another board, var-name is that board's variable; what it is set to is this one's.
func (l *layout) unknown(who string, value any, repeat string, at place) []error {
	var errs []error
	report := func(name, written string) {
		if strings.HasPrefix(name, "__") || slices.Contains(l.variables, name) || slices.Contains(l.reported, name) {
			return
		}
		l.reported = append(l.reported, name)
		errs = append(errs, fmt.Errorf("%s: %w", who, at.mistake(
			"%s names a variable that the board does not have: name one that it has (%s), or add one with Variable", written, l.has())))
	}
	if repeat != "" {
		report(repeat, "Repeat(\""+repeat+"\")")
	}
	texts(reflect.ValueOf(value), func(text string) {
		if !strings.Contains(text, "$") {
			return
		}
		for _, found := range reference.FindAllStringSubmatch(text, -1) {
			report(found[1]+found[2], found[0])
		}
	})
	return errs
}

// has are the board's variables, in words.
func (l *layout) has() string {
	if len(l.variables) == 0 {
		return "none yet"
	}
	return strings.Join(l.variables, ", ")
}

// head are the mistakes in what stands above the rows.
func (l *layout) head(board dashboard.Dashboard, at place) []error {
	return slices.Concat(
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
