// Package scrape reads an exposition, the page behind /metrics, into families of samples, once for every command that
// needs one. It reads the text format, OpenMetrics and protobuf, from a URL, a file or a stream, with Prometheus's own
// parser, and gives the same families for the same service whichever format it came in. Size, number of samples and
// time are bounded; a page that is cut off, endless or no exposition at all is an error that says so. It stores nothing,
// relabels nothing and adds no label of the target.
package scrape

import "github.com/prometheus/prometheus/model/histogram"

// Kind is the type of a family, as OpenMetrics names it.
type Kind string

// The kinds. The text format's "untyped" and a family with no # TYPE are Unknown.
const (
	Counter        Kind = "counter"
	Gauge          Kind = "gauge"
	Histogram      Kind = "histogram"
	GaugeHistogram Kind = "gaugehistogram"
	Summary        Kind = "summary"
	Info           Kind = "info"
	Stateset       Kind = "stateset"
	Unknown        Kind = "unknown"
)

// Family is a metric with all its samples.
//
// Its Name is the one that the text format uses, in every format: that of the samples, without _bucket, _sum and _count
// where they are a histogram's or a summary's. OpenMetrics declares a counter without _total and an info without _info;
// here they have it. What OpenMetrics hides in a family as _created is a family of its own, a gauge, as in text.
type Family struct {
	Name string
	Help string // with escapes undone, may have several lines; empty where there is no # HELP
	Kind Kind
	Unit string // of # UNIT, which the text format lacks; else empty
	// Samples are in the order of the page; none where the page has only # HELP or # TYPE of the family.
	Samples []Sample
}

// Sample is one value of one series, as Prometheus stores it at ingestion: the le and quantile labels have the spelling
// that Prometheus gives them ("1.0", not "1").
type Sample struct {
	Name      string // of the series: with _bucket, _sum, _count where there is one
	Labels    Labels
	Value     float64 // 0 where Native is set
	Timestamp int64   // milliseconds since 1970; 0 where the page gives none, which is usual
	// Native is the native histogram, else nil. It comes in protobuf only, beside the classic samples of the same
	// histogram if it has any.
	Native *histogram.FloatHistogram
}

// Label is a name and its value. A label with an empty value is kept as exposed; to Prometheus it is no label.
type Label struct{ Name, Value string }

// Labels are sorted by name, without the metric's name.
type Labels []Label

// Get is the value of the label, empty where it is missing.
func (l Labels) Get(name string) string {
	for _, label := range l {
		if label.Name == name {
			return label.Value
		}
	}
	return ""
}
