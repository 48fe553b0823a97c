package lint

import (
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

var unitRule = Rule{
	Name: "unit", Group: Units, Severity: Error, Fixes: true,
	Doc: "The panel's unit contradicts what the query measures: bytes shown as seconds, bytes as bits, a fraction as percent, a " +
		"rate as an amount, seconds as milliseconds.",
	Query: func(p *Pass, q *Query) {
		if p.bucketUnit(q); q.Panel == nil {
			return
		}
		shown, isCertain := q.unit()
		unit, isKnown := query.UnitOf(shown.id)
		if !isCertain || !isKnown {
			return
		}
		if _, problems := q.Parsed.Dimension(p.Metrics.Units); len(problems) > 0 {
			return
		}
		m, ok := p.measured(q, q.Tree)
		switch {
		case p.isCount(q.Tree) && !isPer(q.Tree, unit) && (unit.Bytes != 0 || unit.Seconds != 0 || unit.Factor == 0.01):
			p.Target(q, shown.at, "the unit %q does not fit: the query's value is a number of things", shown.id)
		case ok && (!m.fits(unit) || m.isPlain() && (unit.Bytes != 0 || unit.Seconds != 0) && p.isFraction(q, q.Tree)):
			p.wrongUnit(q, shown, unit, m)
		case !ok && shown.id == "percentunit" && isTimes100(q.Tree):
			f := p.Target(q, shown.at, `the unit "percentunit" multiplies by 100, and so does the query`)
			if q.Panel.limitsFit(shown.id, 0.01) {
				f.setValue(shown.at, "percent")
			} else {
				f.Text += alsoScaled
			}
		}
	},
}

// alsoScaled is said where either the unit or the query may be what is wrong.
const alsoScaled = "; the thresholds or bounds are for that unit, too: scale the query, or change them all"

// wrongUnit says what a query's value is in, and which unit is right where that is certain.
func (p *Pass) wrongUnit(q *Query, shown shownUnit, unit query.Unit, m measure) {
	f := p.Target(q, shown.at, "the unit %q does not fit: the query's value is %s", shown.id, m.words())
	isScale := m.Bytes == unit.Bytes && m.Seconds == unit.Seconds
	switch {
	case isDate(shown.id):
		f.Text += "; Grafana's dates are milliseconds since 1970"
	case isScale && !q.Panel.limitsFit(shown.id, m.factor()):
		f.Text += alsoScaled
	default:
		f.setUnit(shown, m)
	}
}

// bucketUnit compares the unit of a heatmap's axis with what the histogram's buckets are in.
func (p *Pass) bucketUnit(q *Query) {
	if q.Panel == nil || q.Panel.Type != "heatmap" || q.Panel.Options.At("calculate").Bool() || len(q.Panel.Overrides) > 0 {
		return
	}
	at := q.Panel.Options.At("yAxis", "unit")
	unit, isKnown := query.UnitOf(at.Text())
	d := q.Parsed.PartObserved(q.Tree, p.Metrics.Units)
	if m := (measure{d, 1}); isKnown && d.Known && !d.Number && !d.Scaled && !m.isPlain() && !m.fits(unit) {
		f := p.Target(q, at, "the axis' unit %q does not fit: the buckets are %s", at.Text(), m.words())
		f.setUnit(shownUnit{at.Text(), at}, m)
	}
}

// isPer reports whether a part is how many things came in just the time that the unit is per: an increase over 1m is per minute,
// and over a variable it may be.
func isPer(part *query.Part, unit query.Unit) bool {
	for part.Aggregation != nil || part.Is("ceil", "floor", "round") {
		part = part.Operand()
	}
	if !part.Is("increase", "changes", "resets", "count_over_time") || unit.Bytes != 0 || unit.Seconds != -1 {
		return false
	}
	s := part.Parts[0].Selector
	if s == nil || isVariable(s.Range) && !strings.Contains(s.Range, "__") {
		return true
	}
	window, isFixed := fixed(s.Range)
	return isFixed && near(window.Seconds(), 1/unit.Factor)
}

// isCount reports whether a part certainly counts things, at one time or over a range.
func (p *Pass) isCount(part *query.Part) bool {
	switch {
	case part.Is("count", "count_values", "changes", "resets", "count_over_time"):
		return true
	case part.Is("increase"):
		if s := part.Parts[0].Selector; s != nil {
			series, ok := p.Metrics.Units(s.Metric)
			return ok && series.Unit == ""
		}
	case part.Is("sum", "avg", "max", "min", "topk", "bottomk", "ceil", "floor", "round"):
		return p.isCount(part.Operand())
	}
	return false
}

// unitFamilies are Grafana's units of one quantity, by how much of the base unit 1 of it is.
var unitFamilies = []struct {
	bytes, seconds int
	isDecimal      bool
	ids            map[float64]string
}{
	{0, 0, false, map[float64]string{1: "percentunit", 0.01: "percent"}},
	{0, 1, false, map[float64]string{1e-9: "ns", 1e-6: "µs", 1e-3: "ms", 1: "s", 60: "m", 3600: "h", 86400: "d"}},
	{1, 0, false, map[float64]string{1: "bytes", 1 << 10: "kbytes", 1 << 20: "mbytes", 1 << 30: "gbytes", 0.125: "bits"}},
	{1, 0, true, map[float64]string{1: "decbytes", 1e3: "deckbytes", 1e6: "decmbytes", 1e9: "decgbytes", 0.125: "decbits"}},
	{1, -1, false, map[float64]string{1: "binBps", 1 << 10: "KiBs", 1 << 20: "MiBs", 1 << 30: "GiBs", 0.125: "binbps"}},
	{1, -1, true, map[float64]string{1: "Bps", 1e3: "KBs", 1e6: "MBs", 1e9: "GBs", 0.125: "bps"}},
}

// binary are the units that count in 1024.
var binary = []string{"bytes", "kbytes", "mbytes", "gbytes", "tbytes", "pbytes", "bits", "binBps", "binbps", "KiBs", "MiBs", "GiBs", "TiBs"}

// setUnit says which unit is right, where the measure leaves no choice: a rate of events may be shown as requests or rows.
func (f *Finding) setUnit(shown shownUnit, m measure) {
	isDecimal := !slices.Contains(binary, shown.id)
	if m.Bytes == 1 && m.Seconds == 0 {
		isDecimal = strings.HasPrefix(shown.id, "dec")
	}
	for _, family := range unitFamilies {
		if family.bytes != m.Bytes || family.seconds != m.Seconds || m.Bytes != 0 && family.isDecimal != isDecimal {
			continue
		}
		for factor, id := range family.ids {
			if near(factor, m.factor()) {
				f.setValue(shown.at, id)
			}
		}
	}
}

// setValue says what to write for a value, and lets -fix write it.
func (f *Finding) setValue(at *grafana.Node, value string) {
	f.Instead = strconv.Quote(value)
	if at != nil {
		f.edits = append(f.edits, edit{node: at, text: grafana.NewText(value).String()})
	}
}
