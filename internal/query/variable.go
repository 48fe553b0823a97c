package query

import (
	"iter"
	"slices"
	"strings"
)

// Variable is a reference to one of Grafana's variables or macros: $name, ${name}, ${name.field:format}, [[name]] or
// [[name:format]]. https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax
type Variable struct {
	Name   string // job, __rate_interval
	Field  string // text in ${name.text}; else empty
	Format string // regex, csv, date:seconds; empty where the data source decides
	Place  Place
	Span   Span
}

// Builtin reports whether the variable is a macro: Grafana itself gives its value.
func (v Variable) Builtin() bool { return strings.HasPrefix(v.Name, "__") }

// Place is what a variable stands for, judged by its position.
type Place string

// The places. A variable for an operator or a modifier (offset 1h) is not supported: Parse returns an Error with
// Variable set.
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

// Variables returns all references in the order they are written, with macros and those inside strings. A name that
// begins with a digit is not a reference: "$1" belongs to label_replace.
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

// maxReference is the longest reference in bytes. Without a limit, each opening brace would be read to the end of the
// text.
const maxReference = 128

// variableAt reads the reference that begins at text[at], if there is one. Boards have so many texts that a regular
// expression takes too long.
func variableAt(text string, at int) (v Variable, ok bool) {
	if text[at] != '$' && text[at] != '[' {
		return v, false
	}
	whole := text[at:min(at+maxReference, len(text))]
	rest := whole
	switch {
	case strings.HasPrefix(rest, "[["):
		v.Name, rest = take(rest[2:], isWordByte)
		v.Format, rest = takePart(rest, ':', isWordByte)
		rest, ok = strings.CutPrefix(rest, "]]")
	case strings.HasPrefix(rest, "${"):
		v.Name, rest = take(rest[2:], isWordByte)
		v.Field, rest = takePart(rest, '.', func(c byte) bool { return c != ':' && c != '^' && c != '}' })
		v.Format, rest = takePart(rest, ':', func(c byte) bool { return c != '}' })
		rest, ok = strings.CutPrefix(rest, "}")
	case rest[0] == '$':
		v.Name, rest = take(rest[1:], isWordByte)
		ok = true
	}
	if !ok || v.Name == "" || '0' <= v.Name[0] && v.Name[0] <= '9' {
		return Variable{}, false
	}
	v.Span = Span{at, at + len(whole) - len(rest)}
	return v, true
}

// take splits a text behind its first bytes of a kind.
func take(text string, is func(byte) bool) (taken, rest string) {
	end := 0
	for end < len(text) && is(text[end]) {
		end++
	}
	return text[:end], text[end:]
}

// takePart takes a part that a sign introduces. A sign without anything behind it is no part.
func takePart(text string, sign byte, is func(byte) bool) (part, rest string) {
	if text == "" || text[0] != sign {
		return "", text
	}
	if part, rest = take(text[1:], is); part == "" {
		return "", text
	}
	return part, rest
}

func isWordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// HasVariable reports whether there is a reference in a text of any kind.
func HasVariable(text string) bool {
	for range ReferencesSeq(text) {
		return true
	}
	return false
}

// References returns all references in a text of any kind: a variable's query, a legend. Their Place is not set.
func References(text string) []Variable { return slices.Collect(ReferencesSeq(text)) }

// ReferencesSeq yields what References returns, one after the other.
func ReferencesSeq(text string) iter.Seq[Variable] { return variablesIn(text, Span{0, len(text)}) }

// variablesIn yields all references in text[span.Start:span.End].
func variablesIn(text string, span Span) iter.Seq[Variable] {
	return func(yield func(Variable) bool) {
		for at := span.Start; at < span.End; at++ {
			if v, ok := variableAt(text[:span.End], at); ok {
				if !yield(v) {
					return
				}
				at = v.Span.End - 1
			}
		}
	}
}
