package frame

import (
	"math"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
)

// matches reports whether a mapping is for a value, and returns its text.
// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/utils/valueMappings.ts
func matches(m grafana.Mapping, value any) (text string, ok bool) {
	switch m.Type {
	case "value":
		if value == nil {
			return m.Text, m.Match == "null" && m.Node.At("value").Exists() // as it was written before 2021
		}
		return m.Text, plainText(value) == m.Match
	case "range":
		return m.Text, inRange(m, value)
	case "regex":
		return replaced(m, value)
	case "special":
		return m.Text, isSpecial(m.Match, value)
	}
	return "", false
}

func inRange(m grafana.Mapping, value any) bool {
	v := math.NaN()
	switch value := value.(type) {
	case string:
		v = leading(value)
	case nil, bool:
	default:
		v = numberOf(value)
	}
	if v != v {
		return false
	}
	from, err := strconv.ParseFloat(m.From, 64)
	if err == nil && v < from {
		return false
	}
	to, err := strconv.ParseFloat(m.To, 64)
	return err != nil || v <= to
}

// leading returns the number that a text begins with, as JavaScript's parseFloat.
func leading(text string) float64 {
	text = strings.TrimSpace(text)
	for n := min(len(text), 40); n > 0; n-- {
		if v, err := strconv.ParseFloat(text[:n], 64); err == nil {
			return v
		}
	}
	return math.NaN()
}

func replaced(m grafana.Mapping, value any) (string, bool) {
	text, isText := value.(string)
	if !isText {
		return "", false
	}
	regex, err := view.ParseRegex(m.Match)
	if err != nil {
		return "", false
	}
	if found, err := regex.Matches(text); err != nil || !found {
		return "", false
	}
	text, err = regex.Replace(text, m.Text)
	return text, err == nil
}

func isSpecial(match string, value any) bool {
	v, isNumber := value.(float64)
	isNaN := isNumber && v != v
	switch match {
	case "null":
		return value == nil
	case "nan":
		return isNaN
	case "null+nan":
		return value == nil || isNaN
	case "true":
		return value == true || value == "true"
	case "false":
		return value == false || value == "false"
	case "empty":
		return value == ""
	}
	return false
}
