package query

import (
	"errors"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/parser/posrange"
)

// reconsider changes the place of variables that the parser refused, and reports whether it changed any. It changes
// each variable only once, so the rounds end.
func (q *Query) reconsider(expr parser.Expr, err error) bool {
	var failures parser.ParseErrors
	if !errors.As(err, &failures) {
		return false
	}
	changed := q.learnArguments(expr)
	for _, f := range failures {
		message := f.Err.Error()
		for _, c := range q.touching(f.PositionRange) {
			if place, ok := c.otherPlace(message); ok {
				c.place, c.changed, changed = place, true, true
			}
			if c.place == AsText && !c.masked && strings.Contains(message, "error parsing regexp") {
				c.masked, changed = true, true
			}
		}
	}
	return changed
}

// touching returns the chunks in a range of the substituted text, and those next to it but for space.
func (q *Query) touching(r posrange.PositionRange) []*chunk {
	start := min(max(int(r.Start), 0), len(q.sub))
	end := min(max(int(r.End), start), len(q.sub))
	start = len(strings.TrimRight(q.sub[:start], " \t\r\n"))
	end = len(q.sub) - len(strings.TrimLeft(q.sub[end:], " \t\r\n"))
	var found []*chunk
	for _, c := range q.chunks {
		if start <= c.sub.End && c.sub.Start <= end {
			found = append(found, c)
		}
	}
	return found
}

// otherPlace returns the place that the parser's message asks for.
func (c *chunk) otherPlace(message string) (Place, bool) {
	if c.changed || c.place != AsMetric && c.place != AsNumber {
		return "", false
	}
	switch {
	case strings.Contains(message, "expected type scalar"):
		return AsNumber, c.place != AsNumber
	case strings.Contains(message, "expected type string"):
		return AsString, true
	case strings.Contains(message, "expected type instant vector"),
		strings.Contains(message, "comparisons between scalars"),
		strings.Contains(message, "not allowed in binary scalar expression"):
		return AsMetric, c.place != AsMetric
	}
	return "", false
}

// learnArguments notes the arguments of functions that are variables. The first attempt declares none.
func (q *Query) learnArguments(expr parser.Expr) bool {
	learnt := false
	if expr == nil {
		return false
	}
	parser.Inspect(expr, func(n parser.Node, _ []parser.Node) error {
		call, ok := n.(*parser.Call)
		if !ok {
			return nil
		}
		c := q.chunkAt(call.PosRange.Start)
		if c == nil || c.place != AsFunction || c.types != nil || len(call.Args) == 0 {
			return nil
		}
		for _, argument := range call.Args {
			c.types = append(c.types, argument.Type())
		}
		learnt = true
		return nil
	})
	return learnt
}
