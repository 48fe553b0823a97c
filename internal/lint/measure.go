package lint

import (
	"math"
	"strings"

	"gaugewright/internal/query"
)

// measure is what a part's value measures: a dimension, and by which number it is multiplied.
type measure struct {
	query.Dimension
	times float64 // the value is so many times what the dimension says: 8 for bits in bytes
}

// measured returns what a part measures; false where that is not certain.
func (p *Pass) measured(q *Query, part *query.Part) (measure, bool) {
	times := 1.0
	for part.Operation != nil && (part.Operation.Op == "*" || part.Operation.Op == "/") {
		left, right := part.Parts[0], part.Parts[1]
		number, isRight := plainNumber(right)
		if isRight && part.Operation.Op == "/" {
			number = 1 / number
		}
		if !isRight {
			var isLeft bool
			if number, isLeft = plainNumber(left); !isLeft || part.Operation.Op == "/" {
				break
			}
			left = right
		}
		times, part = times*number, left
	}
	d := q.Parsed.PartDimension(part, p.Metrics.Units)
	if !d.Known && isShare(part) {
		d.Known = true
	}
	if !d.Known || d.Number || d.Scaled || !isConversion(times) {
		return measure{}, false
	}
	return measure{d, times}, true
}

// isShare reports whether a part divides something by the same thing, such as the busy workers by all workers.
func isShare(part *query.Part) bool {
	if part.Operation == nil || part.Operation.Op != "/" {
		return false
	}
	above, below := innermost(part.Parts[0]), innermost(part.Parts[1])
	a, b := plainSelector(above), plainSelector(below)
	if a == nil || b == nil || isVariable(a.Selector.Metric) || a.Selector.Metric == "" || a.Selector.Metric != b.Selector.Metric {
		return false
	}
	return a.Selector.Func() == b.Selector.Func() && a.Selector.Range == b.Selector.Range && a.Selector.Offset == b.Selector.Offset
}

// plainNumber returns the value of a number that is written out, or of a product of such.
func plainNumber(p *query.Part) (float64, bool) {
	switch {
	case p.Kind == query.NumberPart && !p.Variable && p.Number != 0:
		return p.Number, true
	case p.Operation != nil && (p.Operation.Op == "*" || p.Operation.Op == "/" || p.Operation.Op == "^"):
		left, isLeft := plainNumber(p.Parts[0])
		right, isRight := plainNumber(p.Parts[1])
		if !isLeft || !isRight {
			return 0, false
		}
		switch p.Operation.Op {
		case "*":
			return left * right, true
		case "/":
			return left / right, true
		}
		return math.Pow(left, right), true
	}
	return 0, false
}

// conversions are the numbers that convert units, and their inverse. Others, such as 0.9, leave the unit as it is.
var conversions = []float64{1, 8, 60, 3600, 86400, 100, 1e3, 1e6, 1e9, 1 << 10, 1 << 20, 1 << 30, 1 << 40, 8e-3, 8e-6, 8e-9, 8. / (1 << 10), 8. / (1 << 20), 8. / (1 << 30)}

func isConversion(times float64) bool {
	for _, one := range conversions {
		if near(times, one) || near(times, 1/one) {
			return true
		}
	}
	return false
}

func near(a, b float64) bool { return math.Abs(a/b-1) < 1e-9 }

// factor is how much of the base unit a value of 1 is.
func (m measure) factor() float64 { return math.Pow10(m.Ten) / m.times }

// isPlain reports whether it is a count or a ratio.
func (m measure) isPlain() bool { return m.Bytes == 0 && m.Seconds == 0 }

// fits reports whether a unit shows the measure as what it is. A count under a unit of time or data is not certain to be one:
// seconds a second are such a number.
func (m measure) fits(unit query.Unit) bool {
	isSame := m.Bytes == unit.Bytes && m.Seconds == unit.Seconds
	off := m.factor() / unit.Factor
	isAmount := m.Bytes == unit.Bytes && m.Seconds == unit.Seconds-1 && (near(m.times, 60) || near(m.times, 3600) || near(m.times, 86400))
	switch {
	case isAmount: // a rate times an hour is what came in an hour
		return true
	case !isSame:
		return m.isPlain()
	case m.Bytes != 0 && 0.8 < off && off < 1.25: // 1000 for 1024
		return true
	}
	return math.Abs(off-1) < 1e-9
}

// isDate reports whether a unit writes milliseconds as a date.
func isDate(id string) bool { return strings.HasPrefix(id, "dateTime") }

// words names the measure in a sentence.
func (m measure) words() string {
	base := m.Dimension
	base.Ten = 0
	switch f := m.factor(); {
	case m.isPlain() && near(f, 1):
		return "a fraction, where 1 is all"
	case m.isPlain() && near(f, 0.01):
		return "in percent"
	case m.Bytes == 1 && near(f, 0.125):
		return strings.Replace(base.Words(), "bytes", "bits", 1)
	case m.Bytes == 0 && m.Seconds == -1 && near(f, 1./60):
		return "per minute"
	case m.Bytes == 0 && m.Seconds == -1 && near(f, 1./3600):
		return "per hour"
	default:
		for _, unit := range []struct {
			factor         float64
			prefix, within string
		}{{1e-3, "milli", "seconds"}, {1e-6, "micro", "seconds"}, {1e-9, "nano", "seconds"}, {1 << 10, "kibi", "bytes"}, {1 << 20, "mebi", "bytes"},
			{1 << 30, "gibi", "bytes"}, {1e3, "kilo", "bytes"}, {1e6, "mega", "bytes"}, {1e9, "giga", "bytes"}} {
			if near(f, unit.factor) && strings.Contains(base.Words(), "in "+unit.within) {
				return strings.Replace(base.Words(), "in "+unit.within, "in "+unit.prefix+unit.within, 1)
			}
		}
		if near(f, 1) {
			return base.Words()
		}
		return m.Dimension.Words()
	}
}

// isFromGoal reports whether a part is how far something is from a number, such as the goal of an availability. What it is then
// multiplied by may be the inverse of what the goal leaves: 100 * (availability - 0.99) is a fraction of the 0.01 to spend.
func isFromGoal(p *query.Part) bool {
	if p.Operation == nil || p.Operation.Op != "-" {
		return false
	}
	for _, side := range p.Parts {
		if number, ok := plainNumber(side); side.Kind == query.NumberPart && (side.Variable || ok && number != 1) {
			return true
		}
	}
	return false
}

// isTimes100 reports whether a part is multiplied by 100 at its end, and so in percent if it was a fraction.
func isTimes100(p *query.Part) bool {
	if p.Aggregation != nil && p.Is("sum", "avg", "max", "min", "topk", "bottomk") || p.Is("clamp_max", "clamp_min", "abs", "round", "sort", "sort_desc") {
		return isTimes100(p.Operand())
	}
	if p.Operation == nil {
		return false
	}
	left, right := p.Parts[0], p.Parts[1]
	hundred := func(p *query.Part) bool { return p.Kind == query.NumberPart && !p.Variable && p.Number == 100 }
	switch p.Operation.Op {
	case "*":
		return hundred(left) && !isFromGoal(right) || hundred(right) && !isFromGoal(left)
	case "/":
		return isTimes100(left) && !hundred(right)
	case "-":
		return hundred(left) && isTimes100(right) || isTimes100(left) && isTimes100(right)
	case "or":
		return isTimes100(left)
	}
	return false
}

// isFraction reports whether a part divides like by like, so that its value has no unit whatever the metrics are in: the busy workers
// by all workers, bytes by bytes.
func (p *Pass) isFraction(q *Query, part *query.Part) bool {
	for o := part.Operation; o != nil && (o.Op == "-" || o.Op == "*") && !(part.Parts[0].Vector && part.Parts[1].Vector); o = part.Operation {
		if part = part.Parts[0]; !part.Vector {
			part = part.Parent.Parts[1]
		}
	}
	if isShare(part) {
		return true
	}
	if part.Operation == nil || part.Operation.Op != "/" {
		return false
	}
	above, below := q.Parsed.PartDimension(part.Parts[0], p.Metrics.Units), q.Parsed.PartDimension(part.Parts[1], p.Metrics.Units)
	return above.Known && below.Known && above.Bytes != 0 && above.Bytes == below.Bytes && above.Seconds == below.Seconds
}
