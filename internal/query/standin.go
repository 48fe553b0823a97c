package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
)

// standIns makes the words that the parser reads in place of variables. The parser prints each in a form that occurs
// nowhere else in the text, so that the printing can be converted back.
type standIns struct {
	name string // of metrics, labels and functions, before three digits
	base int    // of numbers (base + i) and of durations (base + i days and a second)
	text string // in lower case
}

// newStandIns picks a name and a base that do not occur in the text.
func newStandIns(text string) standIns {
	s := standIns{name: "zq", base: 13000, text: strings.ToLower(text)}
	for strings.Contains(s.text, s.name) {
		s.name += "q"
	}
	// Above 53,000 days and a second, the parser's float64 seconds would not print exactly.
	for strings.Contains(s.text, strconv.Itoa(s.base/1000)) && s.base < 52000 {
		s.base += 1000
	}
	return s
}

// numberFactor makes numbers of nine digits. That is few enough to be exact in milliseconds and to be printed whole
// in the parser's messages, and enough to avoid a number that the text already has by chance.
const numberFactor = 10_007

// of returns the text that the parser reads for chunk number i (below 1000).
func (s standIns) of(c *chunk, i int) string {
	name := fmt.Sprintf("%s%03d", s.name, i)
	switch c.place {
	case AsDuration:
		return fmt.Sprintf("%dd1s", s.base+i)
	case AsNumber:
		return strconv.Itoa((s.base + i) * numberFactor)
	case AsMatcher:
		return name + `="v"`
	case AsString:
		return `"` + name + `"`
	case AsText:
		return `"` + name + `"`
	case AsAggregation:
		return s.aggregation()
	}
	return name
}

// aggregation returns an operator that the text does not use. Two variables may share it only if they are written
// alike; substitute takes care of that.
func (s standIns) aggregation() string {
	for _, op := range []string{"stdvar", "stddev", "group", "avg", "min", "max", "count", "sum"} {
		if !strings.Contains(s.text, op) {
			return op
		}
	}
	return s.name
}

// substitute writes the text with stand-ins, and the replacer that converts them back.
func (q *Query) substitute(names standIns) {
	var sub strings.Builder
	var pairs []string
	from := 0
	for i, c := range q.chunks {
		sub.WriteString(q.Text[from:c.span.Start])
		written := q.Text[c.span.Start:c.span.End]
		c.standIn = written
		if c.place != AsText || c.masked {
			c.standIn = names.of(c, q.alike(i))
			pairs = append(pairs, c.printings(written)...)
		}
		if c.place == AsAggregation {
			names.text += c.standIn // the next variable gets another
		}
		c.sub.Start = sub.Len()
		sub.WriteString(c.standIn)
		c.sub.End = sub.Len()
		from = c.span.End
	}
	sub.WriteString(q.Text[from:])
	q.sub, q.restore = sub.String(), strings.NewReplacer(pairs...)
}

// alike returns the number of the first chunk that is written as chunk number i is, if both are strings: selectors that are
// written alike are equal for the parser, too. Any other chunk is itself the first.
func (q *Query) alike(i int) int {
	c := q.chunks[i]
	if c.place != AsText {
		return i
	}
	written := q.Text[c.span.Start:c.span.End]
	return slices.IndexFunc(q.chunks, func(other *chunk) bool {
		return other.place == AsText && q.Text[other.span.Start:other.span.End] == written
	})
}

// printings returns pairs for a replacer: each form in which the parser prints the stand-in, and the original text.
func (c *chunk) printings(written string) []string {
	if c.place != AsNumber {
		return []string{c.standIn, written}
	}
	return []string{c.standIn + ".000", written, c.standIn, written} // the first is how it is printed behind @
}

// functions returns the parser's own functions, and a stand-in for each function that is a variable.
func (q *Query) functions() map[string]*parser.Function {
	var all map[string]*parser.Function
	for _, c := range q.chunks {
		if c.place != AsFunction {
			continue
		}
		if all == nil {
			all = make(map[string]*parser.Function, len(parser.Functions)+1)
			for name, f := range parser.Functions {
				all[name] = f
			}
		}
		all[c.standIn] = &parser.Function{
			Name:       c.standIn,
			ArgTypes:   c.types,
			ReturnType: parser.ValueTypeVector,
		}
	}
	return all
}

// argumentTypes are the argument types in calls of a function that is a variable.
type argumentTypes []parser.ValueType
