package verify

import (
	"fmt"
	"regexp"
	"strings"

	"gaugewright/internal/query"
)

var wholeNumber = regexp.MustCompile(`-?\d+`)

// asStored returns a matcher on le or quantile with its whole numbers as Prometheus 3 stores them, 5 as 5.0. In a regular
// expression these are whole alternatives.
func asStored(m query.Matcher) query.Matcher {
	if m.Label != "le" && m.Label != "quantile" {
		return m
	}
	var value strings.Builder
	end := 0
	for _, at := range wholeNumber.FindAllStringIndex(m.Value, -1) {
		value.WriteString(m.Value[end:at[1]])
		end = at[1]
		before, after := m.Value[:at[0]], m.Value[at[1]:]
		starts := before == "" || strings.HasSuffix(m.Op, "~") && strings.ContainsAny(before[len(before)-1:], "|(:^")
		ends := after == "" || strings.HasSuffix(m.Op, "~") && strings.ContainsAny(after[:1], "|)$")
		if starts && ends {
			value.WriteString(".0")
		}
	}
	m.Value = value.String() + m.Value[end:]
	return m
}

// spelling returns how to write a matcher whose whole numbers Prometheus 3 stores otherwise, or an empty text.
func spelling(m query.Matcher, series []map[string]string) string {
	stored := asStored(m)
	selects := stored
	if opposite[m.Op] != "" {
		selects.Op = opposite[m.Op]
	}
	if stored == m || !passing(selects, series) {
		return ""
	}
	return fmt.Sprintf("Prometheus 3 stores %s as %s; write %s", m.Label, stored.Value, matcherText(stored))
}
