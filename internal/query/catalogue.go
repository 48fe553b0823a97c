package query

import (
	"cmp"
	"strings"

	"gaugewright/dashboards/metric"
)

// Catalogue tells what is known of the series of one name, as Prometheus stores them: with _bucket, _sum and _count. It
// answers false for a name that it does not know. A nil Catalogue knows none.
type Catalogue func(series string) (Series, bool)

// Series is what is known of the series of one name.
type Series struct {
	// Unit is that of the value; of a _bucket, that of its observations, and it may be empty there.
	Unit metric.Unit
	// Observed is the unit of the observations, where a recording rule counted them by bucket and Unit is of its result.
	Observed metric.Unit
	// Labels are all that the series carry, in any order: with le, and with those that Prometheus adds for the target.
	Labels []string
}

func (c Catalogue) series(name string) (Series, bool) {
	if c == nil || name == "" {
		return Series{}, false
	}
	return c(name)
}

// dimensions are that of the value of a series, and that of what it counts where it may be a histogram. A unit that the
// catalogue does not give is read off the name; a metric in the catalogue with none is a count.
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
	Span    Span
	Message string
}
