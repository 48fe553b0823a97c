package query

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
)

// put returns what Grafana writes for a reference to a variable with this value. Dates by a pattern are in the zone.
// https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/#advanced-variable-format-options
func (v Value) put(reference Variable, zone *time.Location) (string, error) {
	format, rest, _ := strings.Cut(reference.Format, ":")
	if v.All && v.AllValue != "" {
		return v.allAs(format, reference.Name)
	}
	switch format {
	case "":
		return v.promQL(), nil
	case "text":
		return v.text(), nil
	case "queryparam":
		return v.queryParameters(reference.Name)
	case "customqueryparam":
		return v.customParameters(reference.Name, rest), nil
	case "distributed":
		return strings.Join(v.Values, ","+reference.Name+"="), nil
	case "join":
		if rest != "" {
			separator, _, _ := strings.Cut(rest, ":")
			return strings.Join(v.Values, separator), nil
		}
		return strings.Join(v.Values, ","), nil
	case "date":
		return v.date(rest, zone)
	}
	if write := formats[format]; write != nil {
		return write(v), nil
	}
	return "", notJudged("what the format %q writes is not known here", format)
}

// formats are the formats without arguments.
var formats = map[string]func(Value) string{
	"raw":           func(v Value) string { return strings.Join(v.Values, ",") },
	"csv":           func(v Value) string { return strings.Join(v.Values, ",") },
	"pipe":          func(v Value) string { return strings.Join(v.Values, "|") },
	"regex":         func(v Value) string { return alternatives(v.Values, regexEscaper) },
	"glob":          Value.glob,
	"json":          Value.json,
	"html":          func(v Value) string { return htmlEscaper.Replace(strings.Join(v.Values, ", ")) },
	"lucene":        Value.lucene,
	"percentencode": func(v Value) string { return percentEncoded(v.braced(), "") },
	"uriencode":     func(v Value) string { return percentEncoded(v.braced(), uriSigns) },
	"singlequote":   func(v Value) string { return quoted(v.Values, "'", strings.NewReplacer(`'`, `\'`)) },
	"doublequote":   func(v Value) string { return quoted(v.Values, `"`, strings.NewReplacer(`"`, `\"`)) },
	"sqlstring":     func(v Value) string { return quoted(v.Values, "'", strings.NewReplacer(`'`, `''`, `"`, `\"`)) },
}

// allAs writes the dashboard's own text for All. Most formats leave it as it is.
func (v Value) allAs(format, name string) (string, error) {
	switch format {
	case "text":
		return v.text(), nil
	case "percentencode":
		return percentEncoded(v.AllValue, ""), nil
	case "queryparam":
		return v.queryParameters(name)
	}
	return v.AllValue, nil
}

// isList reports whether Grafana holds the value as a list, of which some formats write more than of a single text.
func (v Value) isList() bool { return v.All || v.Multi && !v.Single }

func (v Value) text() string {
	switch {
	case v.All:
		return "All"
	case len(v.Texts) == len(v.Values):
		return strings.Join(v.Texts, " + ")
	}
	return strings.Join(v.Values, " + ")
}

// field returns the value that ${name.field} stands for.
func (v Value) field(name string) (Value, error) {
	if v.All && v.AllValue != "" {
		return v, notJudged("what the field %s of All with a text of its own is, is not known here", name)
	}
	of := v
	of.Values, of.Texts, of.Properties = nil, nil, nil
	for i, value := range v.Values {
		property, ok := "", false
		if i < len(v.Properties) {
			property, ok = v.Properties[i][name]
		}
		switch {
		case ok:
			value = property
		case name == "text" && i < len(v.Texts):
			value = v.Texts[i]
		case name == "text", name == "value":
		default:
			return v, notJudged("its value has no field %s here", name)
		}
		of.Values = append(of.Values, value)
	}
	return of, nil
}

func (v Value) glob() string {
	if len(v.Values) > 1 {
		return "{" + strings.Join(v.Values, ",") + "}"
	}
	return strings.Join(v.Values, "")
}

// braced writes a list in braces, even one of a single value.
func (v Value) braced() string {
	text := strings.Join(v.Values, ",")
	if v.isList() {
		return "{" + text + "}"
	}
	return text
}

func (v Value) json() string {
	if !v.isList() {
		return strings.Join(v.Values, ",")
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(append([]string{}, v.Values...)); err != nil {
		return ""
	}
	return strings.TrimSuffix(out.String(), "\n")
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

func quoted(values []string, quote string, escaper *strings.Replacer) string {
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = quote + escaper.Replace(value) + quote
	}
	return strings.Join(all, ",")
}
