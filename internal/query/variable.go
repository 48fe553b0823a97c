package query

import (
	"regexp"
	"slices"
	"strings"
)

// Variable is a reference to one of Grafana's variables or macros: $name, ${name}, ${name.field:format}, [[name]] or
// [[name:format]]. https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax
type Variable struct {
	Name   string // job, __rate_interval
	Field  string // of ${name.field}; else empty
	Format string // regex, csv, date:seconds; empty where the data source decides
	Place  Place
	Span   Span
}

// Builtin tells whether Grafana itself gives the value: a macro.
func (v Variable) Builtin() bool { return strings.HasPrefix(v.Name, "__") }

// Place is what a variable stands for, judged by where it stands.
type Place string

// The places. Operators and modifiers (offset 1h) written as a variable are not understood: Parse reports an Error
// whose Variable is set.
const (
	AsDuration    Place = "duration"    // x[$w], x[${w}m], x offset $o
	AsNumber      Place = "number"      // x > $limit, topk($n, x)
	AsMetric      Place = "metric"      // $metric{...}, node_${part}_total
	AsLabel       Place = "label"       // sum by ($label), {$label="x"}
	AsMatcher     Place = "matcher"     // {$filter}
	AsText        Place = "text"        // within a string: "$job"
	AsString      Place = "string"      // a whole string: {job=${job:doublequote}}
	AsFunction    Place = "function"    // $function(x[5m])
	AsAggregation Place = "aggregation" // $aggregation by (job) (x)
)

// Variables are all references in the order they are written, macros and those inside strings among them. A name that
// begins with a digit is none: label_replace has its own "$1".
func (q *Query) Variables() []Variable {
	var all []Variable
	for _, c := range q.chunks {
		for _, v := range c.variables {
			v.Place = c.place
			all = append(all, v)
		}
	}
	return all
}

// reference is how Grafana finds variables, but for the names that begin with a digit.
var reference = regexp.MustCompile(
	`^(?:\$([A-Za-z_]\w*)|\[\[([A-Za-z_]\w*?)(?::(\w+))?\]\]|\$\{([A-Za-z_]\w*)(?:\.([^:^}]+))?(?::([^}]+))?\})`)

// maxReference is the length in bytes that a reference may have; without a limit, a text of opening braces would be
// read to its end at each of them.
const maxReference = 128

// variableAt reads the reference that begins at text[at], if one does.
func variableAt(text string, at int) (Variable, bool) {
	rest := text[at:min(at+maxReference, len(text))]
	if !strings.HasPrefix(rest, "$") && !strings.HasPrefix(rest, "[[") {
		return Variable{}, false
	}
	m := reference.FindStringSubmatch(rest)
	if m == nil {
		return Variable{}, false
	}
	return Variable{
		Name:   m[1] + m[2] + m[4],
		Field:  m[5],
		Format: m[3] + m[6],
		Span:   Span{at, at + len(m[0])},
	}, true
}

// References are all references in a text of any kind: a variable's query, a legend. Their Place is not judged.
func References(text string) []Variable { return variablesIn(text, Span{0, len(text)}) }

// variablesIn are all references in text[span.Start:span.End].
func variablesIn(text string, span Span) []Variable {
	var found []Variable
	for at := span.Start; at < span.End; at++ {
		if v, ok := variableAt(text[:span.End], at); ok {
			found = append(found, v)
			at = v.Span.End - 1
		}
	}
	return slices.Clip(found)
}
