package query

import (
	"math"
	"slices"
	"strings"
)

// Unit is what one of Grafana's units takes a value to measure.
type Unit struct {
	Bytes, Seconds int     // powers, as in Dimension
	Factor         float64 // a value of 1 is so many of the base unit: 0.001 for milliseconds, 0.125 for bits
}

// grafanaUnits are the ids of Grafana's units for numbers, times and data, by what they measure. The names are those of
// packages/grafana-data/src/valueFormats/categories.ts.
var grafanaUnits = []struct {
	Unit
	ids string
}{
	{Unit{Factor: 1}, "percentunit"},
	{Unit{Factor: 0.01}, "percent"},

	{Unit{Seconds: 1, Factor: 1e-9}, "ns"},
	{Unit{Seconds: 1, Factor: 1e-6}, "µs"},
	{Unit{Seconds: 1, Factor: 1e-3}, "ms dtdurationms clockms dateTimeAsIso dateTimeAsIsoNoDateIfToday dateTimeAsUS " +
		"dateTimeAsUSNoDateIfToday dateTimeAsLocal dateTimeAsLocalNoDateIfToday dateTimeAsSystem dateTimeFromNow"},
	{Unit{Seconds: 1, Factor: 1e-2}, "timeticks"},
	{Unit{Seconds: 1, Factor: 1}, "s dtdurations dthms dtdhms clocks"},
	{Unit{Seconds: 1, Factor: 60}, "m"},
	{Unit{Seconds: 1, Factor: 3600}, "h"},
	{Unit{Seconds: 1, Factor: 86400}, "d"},
	{Unit{Seconds: -1, Factor: 1}, "hertz cps ops reqps rps wps iops eps mps recps pps"},
	{Unit{Seconds: -1, Factor: 1. / 60}, "cpm opm reqpm rpm wpm epm"},

	{Unit{Bytes: 1, Factor: 1}, "bytes decbytes"},
	{Unit{Bytes: 1, Factor: 1 << 10}, "kbytes"},
	{Unit{Bytes: 1, Factor: 1e3}, "deckbytes"},
	{Unit{Bytes: 1, Factor: 1 << 20}, "mbytes"},
	{Unit{Bytes: 1, Factor: 1e6}, "decmbytes"},
	{Unit{Bytes: 1, Factor: 1 << 30}, "gbytes"},
	{Unit{Bytes: 1, Factor: 1e9}, "decgbytes"},
	{Unit{Bytes: 1, Factor: 1 << 40}, "tbytes"},
	{Unit{Bytes: 1, Factor: 1e12}, "dectbytes"},
	{Unit{Bytes: 1, Factor: 1 << 50}, "pbytes"},
	{Unit{Bytes: 1, Factor: 1e15}, "decpbytes"},
	{Unit{Bytes: 1, Factor: 1. / 8}, "bits decbits"},

	{Unit{Bytes: 1, Seconds: -1, Factor: 1}, "binBps Bps"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 1 << 10}, "KiBs"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 1e3}, "KBs"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 1 << 20}, "MiBs"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 1e6}, "MBs"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 1 << 30}, "GiBs"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 1e9}, "GBs"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 1 << 40}, "TiBs"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 1e12}, "TBs"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 1. / 8}, "binbps bps"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 128}, "Kibits"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 125}, "Kbits"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 1 << 17}, "Mibits"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 125e3}, "Mbits"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 1 << 27}, "Gibits"},
	{Unit{Bytes: 1, Seconds: -1, Factor: 125e6}, "Gbits"},
}

// UnitOf returns what a unit of Grafana's measures, by its id. It returns false for a unit that fits any number (short,
// none), for one that a person wrote (suffix:cores), and for quantities that are not followed.
func UnitOf(id string) (Unit, bool) {
	for _, u := range grafanaUnits {
		for one := range strings.FieldsSeq(u.ids) {
			if one == id {
				return u.Unit, true
			}
		}
	}
	return Unit{}, false
}

// UnitProblem returns what the query's value measures where that contradicts the unit; else an empty text. It is empty
// too where the value is not certain: where a bare number converts it, as in x * 1000, or for a plain number under a
// unit of time or data, since seconds a second are such a number.
func (q *Query) UnitProblem(c Catalogue, id string) string {
	unit, known := UnitOf(id)
	d, problems := q.Dimension(c)
	if !known || len(problems) > 0 || !d.Known || d.Number || d.Scaled || q.converts() {
		return ""
	}
	plain := d.Bytes == 0 && d.Seconds == 0
	same := d.Bytes == unit.Bytes && d.Seconds == unit.Seconds
	if plain && !same || same && math.Abs(math.Pow10(d.Ten)/unit.Factor-1) < 1e-9 {
		return ""
	}
	return d.Words()
}

// converts reports whether the query multiplies or divides by a bare number, or raises to a power.
func (q *Query) converts() bool {
	return slices.ContainsFunc(q.Operations(), func(o Operation) bool {
		return (o.Op == "*" || o.Op == "/") && !o.Vectors || o.Op == "^"
	})
}

// Words names a known dimension in a sentence: "in milliseconds", "in bytes/second", "per second".
func (d Dimension) Words() string {
	if d.Bytes == 0 && d.Seconds == 0 {
		switch d.Ten {
		case 0:
			return "not in percent"
		case -2:
			return "in percent"
		}
	}
	base := d
	base.Ten = 0
	prefix, ok := map[int]string{0: "", -3: "milli", -6: "micro", -9: "nano"}[d.Ten]
	switch {
	case !ok || prefix != "" && !strings.HasPrefix(base.String(), "seconds"):
		return "in " + d.String()
	case d.Bytes == 0 && d.Seconds == -1:
		return "per second"
	}
	return "in " + prefix + base.String()
}
