// Package metric has the types of a catalogue of metrics. A metric's kind is a Go type, so that a wrong combination
// of metric and PromQL function does not compile. Its unit and labels are values, from which units, legends and
// groupings are derived. cmd/metrics generates catalogues from what a service really exposes. The package knows
// nothing about PromQL, Grafana or any service, and imports only the standard library.
package metric

// Label is the name of a label, such as "path".
type Label string

// Family has the fields of a metric of any kind.
type Family struct {
	Name string // as exposed, with its suffixes: api_http_request_total
	Help string // first line of # HELP
	Unit Unit   // of the value; for a histogram or a summary, of the observations
	// Labels are the sorted label names of the family's series, without le and quantile, and without the labels that
	// Prometheus adds for the target.
	Labels []Label
	// Buckets are the upper edges of a histogram's classic buckets, ascending, without +Inf. There are none if its
	// series differ, if it is only native, or if they are unknown.
	Buckets []float64
}

// The kinds. A conversion such as metric.Counter(catalogue.Odd) corrects a service that gives a metric the wrong
// type, or none.
type (
	// Counter only grows, except at a restart.
	Counter Family
	// Gauge goes up and down.
	Gauge Family
	// Histogram counts observations in buckets.
	Histogram Family
	// Summary has quantiles that the service computed, besides its sum and count.
	Summary Family
	// Untyped has no type on the page. No verb accepts it until it is converted.
	Untyped Family
)

// Count is the counter of observations.
func (h Histogram) Count() Counter { return Counter(Family(h).count()) }

// Sum is the counter of the observations added up. For the histograms of the Go runtime it is only a lower bound,
// since client_golang adds up lower bucket bounds.
func (h Histogram) Sum() Counter { return Counter(Family(h).sum()) }

// Bucket is the counter behind the classic buckets, one series for each le.
func (h Histogram) Bucket() Counter {
	labels := append(append([]Label{}, h.Labels...), BucketLabel)
	return Counter{Name: suffixed(h.Name, "_bucket"), Help: h.Help, Labels: labels}
}

// Count is the counter of observations.
func (s Summary) Count() Counter { return Counter(Family(s).count()) }

// Sum is the counter of the observations added up.
func (s Summary) Sum() Counter { return Counter(Family(s).sum()) }

func (f Family) count() Family {
	return Family{Name: suffixed(f.Name, "_count"), Help: f.Help, Labels: f.Labels}
}

func (f Family) sum() Family {
	return Family{Name: suffixed(f.Name, "_sum"), Help: f.Help, Unit: f.Unit, Labels: f.Labels}
}

// suffixed returns the name of one of a family's counters, or an empty name for a family without a name, which the
// service does not have.
func suffixed(name, suffix string) string {
	if name == "" {
		return ""
	}
	return name + suffix
}

// Labels that the exposition formats themselves define.
const (
	BucketLabel   Label = "le"       // upper bound of a classic histogram's bucket
	QuantileLabel Label = "quantile" // of a summary
)
