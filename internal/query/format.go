package query

import (
	"fmt"
	"strings"
)

// format writes a value in the format of ${name:format}. Without a format it writes it as Grafana's Prometheus data
// source does. Formats that do not make PromQL (queryparam, percentencode, html, ...) are refused.
// https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/#advanced-variable-format-options
func (v Value) format(name string) (string, error) {
	switch name {
	case "":
		return v.promQL(), nil
	case "raw", "csv":
		return strings.Join(v.Values, ","), nil
	case "pipe":
		return strings.Join(v.Values, "|"), nil
	case "regex":
		return alternatives(v.Values, regexEscaper), nil
	case "glob":
		if len(v.Values) == 1 {
			return v.Values[0], nil
		}
		return "{" + strings.Join(v.Values, ",") + "}", nil
	case "text":
		return v.text(), nil
	case "singlequote":
		return quoted(v.Values, "'"), nil
	case "doublequote":
		return quoted(v.Values, `"`), nil
	}
	return "", fmt.Errorf("unknown format %q: use raw, csv, pipe, regex, glob, text, singlequote or doublequote", name)
}

// text writes the values as the dashboard's head shows them.
func (v Value) text() string {
	if v.All {
		return "All"
	}
	texts := v.Values
	if len(v.Texts) == len(v.Values) {
		texts = v.Texts
	}
	return strings.Join(texts, " + ")
}

// promQL writes values for the inside of a PromQL string. It doubles backslashes. Where the variable allows several
// values (Grafana uses these with =~, single ones with =), it also escapes the characters special in a regular
// expression, so that they survive PromQL's own unquoting.
func (v Value) promQL() string {
	if v.Multi {
		return alternatives(v.Values, promQLRegexEscaper)
	}
	return promQLEscaper.Replace(strings.Join(v.Values, ","))
}

func alternatives(values []string, escaper *strings.Replacer) string {
	escaped := make([]string, len(values))
	for i, value := range values {
		escaped[i] = escaper.Replace(value)
	}
	if len(escaped) == 1 {
		return escaped[0]
	}
	return "(" + strings.Join(escaped, "|") + ")"
}

func quoted(values []string, quote string) string {
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = quote + strings.ReplaceAll(value, quote, `\`+quote) + quote
	}
	return strings.Join(all, ",")
}

// The escaped characters are those of Grafana's packages/grafana-prometheus/src/escaping.ts; for the format regex,
// those of escapeRegex in grafana-data.
var (
	promQLEscaper      = strings.NewReplacer(`\`, `\\`, `'`, `\\'`)
	promQLRegexEscaper = escaper(`$^*{}[]+?.()|`, `\\`, `\`, `\\\\`)
	regexEscaper       = escaper(`\^$*+?.()|[]{}/`, `\`)
)

// escaper returns a replacer that puts a prefix before each of the characters; pairs are further replacements.
func escaper(signs, prefix string, pairs ...string) *strings.Replacer {
	for _, sign := range signs {
		pairs = append(pairs, string(sign), prefix+string(sign))
	}
	return strings.NewReplacer(pairs...)
}
