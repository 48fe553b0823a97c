package query

import (
	"cmp"
	"strings"

	"gaugewright/dashboards/metric"
)

// Catalogue returns what is known about the series of one name, as Prometheus stores them: with _bucket, _sum and
// _count. It returns false for an unknown name. A nil Catalogue knows no names.
type Catalogue func(series string) (Series, bool)

// Series is what is known about the series of one name.
type Series struct {
	// Unit is the unit of the value. For a _bucket it is the unit of the observations, and may be empty.
	Unit metric.Unit
	// Observed is the unit of the observations where a recording rule counted them by bucket; Unit is then the unit
	// of its result.
	Observed metric.Unit
	// Labels are all labels of the series, in any order, with le and the labels that Prometheus adds for the target.
	Labels []string
}

func (c Catalogue) series(name string) (Series, bool) {
	if c == nil || name == "" {
		return Series{}, false
	}
	return c(name)
}

// dimensions returns the dimension of a series' value and, for a possible histogram, of what it counts. Where the
// catalogue gives no unit, the name gives it; a metric without a unit in the catalogue is a count.
func (c Catalogue) dimensions(name string) (value, observed Dimension) {
	series, known := c.series(name)
	if series.Observed != metric.None {
		return unitDimension(series.Unit), unitDimension(series.Observed)
	}
	base, bucket := strings.CutSuffix(name, "_bucket")
	if bucket && series.Unit == metric.None {
		series, known = c.series(base)
	}
	unit := cmp.Or(series.Unit, metric.UnitFromName(name))
	observed = unitDimension(unit)
	if known && unit == metric.None {
		observed = count
	}
	if bucket || strings.HasSuffix(name, "_count") {
		return count, observed
	}
	return observed, observed
}

// Problem is something in a query that the Catalogue contradicts.
type Problem struct {
	Span     Span
	Message  string
	Harmless bool // the answer is the same without what is wrong
}
