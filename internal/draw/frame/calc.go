package frame

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// calc is a calculation of Grafana's.
type calc struct {
	name string
	// of returns the result for the values of a number or time field, and false where there is none.
	of func(values []float64) (float64, bool)
	// unit replaces the unit of the field in legends, and only there.
	unit string
}

// calcs are the calculations by id.
// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/transformations/fieldReducer.ts
var calcs = map[string]calc{
	"lastNotNull":   {"Last *", func(v []float64) (float64, bool) { return lastOf(present(v)) }, ""},
	"last":          {"Last", lastOf, ""},
	"firstNotNull":  {"First *", func(v []float64) (float64, bool) { return firstOf(present(v)) }, ""},
	"first":         {"First", firstOf, ""},
	"min":           {"Min", least, ""},
	"max":           {"Max", most, ""},
	"mean":          {"Mean", mean, ""},
	"median":        {"Median", median, ""},
	"variance":      {"Variance", variance, ""},
	"stdDev":        {"StdDev", func(v []float64) (float64, bool) { s, ok := variance(v); return math.Sqrt(s), ok }, ""},
	"sum":           {"Total", func(v []float64) (float64, bool) { return sum(v), true }, ""},
	"count":         {"Count", func(v []float64) (float64, bool) { return float64(len(notNull(v))), true }, "none"},
	"countAll":      {"Count all", func(v []float64) (float64, bool) { return float64(len(v)), true }, ""},
	"range":         {"Range", spread, ""},
	"delta":         {"Delta", func(v []float64) (float64, bool) { return delta(present(v)), true }, ""},
	"step":          {"Step", step, ""},
	"diff":          {"Difference", difference, ""},
	"logmin":        {"Min (above zero)", leastAboveZero, ""},
	"allIsZero":     {"All Zeros", allZero, ""},
	"allIsNull":     {"All Nulls", func(v []float64) (float64, bool) { return truth(len(present(v)) == 0), true }, ""},
	"changeCount":   {"Change Count", changed, "none"},
	"distinctCount": {"Distinct Count", distinct, "none"},
	"diffperc":      {"Difference percent", differencePercent, "percent"},
}

// aliases are older ids.
var aliases = map[string]string{"current": "lastNotNull", "avg": "mean", "total": "sum"}

// calcOf returns a calculation by its id, also a percentile: p95.
func calcOf(id string) (calc, bool) {
	if c, ok := calcs[cmp.Or(aliases[id], id)]; ok {
		return c, true
	}
	digits, isPercentile := strings.CutPrefix(id, "p")
	n, err := strconv.Atoi(digits)
	if !isPercentile || err != nil || n < 1 || n > 99 || digits != strconv.Itoa(n) {
		return calc{}, false
	}
	return calc{ordinal(n) + " %", func(v []float64) (float64, bool) { return percentile(v, float64(n)/100) }, ""}, true
}

func ordinal(n int) string {
	suffix := map[int]string{1: "st", 2: "nd", 3: "rd"}[n%10]
	if suffix == "" || n > 3 && n < 21 {
		suffix = "th"
	}
	return strconv.Itoa(n) + suffix
}

// CalcName returns what Grafana calls a calculation in legends and tables: "Last *" for lastNotNull. It returns the id
// where it knows none.
func CalcName(id string) string {
	if c, ok := calcOf(id); ok {
		return c.name
	}
	return id
}

// Calc returns a calculation of the field's values by its id in Grafana: lastNotNull, mean, p95. Times are milliseconds;
// a field of texts has only counts. It returns false where there is no result or no such calculation.
func (f Field) Calc(id string) (float64, bool) {
	c, ok := calcOf(id)
	if !ok {
		return 0, false
	}
	switch f.Kind {
	case Text, Nested:
		return f.count(cmp.Or(aliases[id], id))
	}
	if f.Len() == 0 && !strings.Contains(" sum count countAll allIsZero allIsNull ", " "+id+" ") {
		return 0, false
	}
	v, ok := c.of(f.numbers())
	return v, ok && !IsNull(v)
}

// count returns the counts of a field that has no numbers.
func (f Field) count(id string) (float64, bool) {
	different := map[string]bool{}
	changed := 0
	for i, text := range f.Texts {
		different[text] = true
		if i > 0 && text != f.Texts[i-1] {
			changed++
		}
	}
	switch id {
	case "count", "countAll":
		return float64(f.Len()), true
	case "distinctCount":
		return float64(len(different)), true
	case "changeCount":
		return float64(changed), true
	}
	return 0, false
}

// ShowCalc shows a calculation as legends do: a count has no unit. It is also for fields of texts and times.
func (f Field) ShowCalc(id string) Shown {
	if c, _ := calcOf(id); c.unit != "" {
		f.Config.Unit = c.unit
	}
	return f.ShowSingle(id)
}

// ShowSingle shows a calculation as panels of single values do, such as stat and gauge: all have the field's unit.
func (f Field) ShowSingle(id string) Shown { return f.show(f.calculated(id), nil) }

// calculated returns a calculation as a value; nil where there is none.
func (f Field) calculated(id string) any {
	id = cmp.Or(aliases[id], id)
	if n := f.Len(); f.Kind != Number && n > 0 {
		switch id {
		case "last", "lastNotNull":
			return f.cell(f.lastPresent(n-1, id == "last"))
		case "first", "firstNotNull":
			return f.cell(f.firstPresent(id == "first"))
		}
	}
	v, ok := f.Calc(id)
	switch {
	case !ok:
		return nil
	case id == "allIsZero" || id == "allIsNull":
		return v == 1
	}
	return v
}

func (f Field) lastPresent(row int, any bool) int {
	for !any && row >= 0 && f.cell(row) == nil {
		row--
	}
	return row
}

func (f Field) firstPresent(any bool) int {
	row := 0
	for !any && row < f.Len() && f.cell(row) == nil {
		row++
	}
	return row
}

func notNull(values []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(values), IsNull)
}

// present are the values that are neither null nor NaN.
func present(values []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(values), math.IsNaN)
}
