// Package scrape reads an exposition, the page behind /metrics, into families of samples, for every command that
// needs one. It reads the text format, OpenMetrics and protobuf from a URL, a file or a stream with Prometheus's own
// parser. A service gives the same families in each format. Size, number of samples and time are limited. A page that
// is cut off, endless or not an exposition is a clear error. The package does not store or relabel anything, and does
// not add labels of the target.
package scrape

import (
	"slices"

	"github.com/prometheus/prometheus/model/histogram"
)

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
// Its Name is the text format's, in every format: that of the samples, without _bucket, _sum and _count of a
// histogram or summary. OpenMetrics declares a counter without _total and an info without _info; here they have it.
// What OpenMetrics puts into a family as _created is a separate gauge, as in text.
type Family struct {
	Name string
	Help string // unescaped, may have several lines; empty without # HELP
	Kind Kind
	Unit string // of # UNIT, which the text format does not have; else empty
	// Samples are in the order of the page. There are none where the page has only # HELP or # TYPE of the family.
	Samples []Sample
}

// Sample is one value of one series, as Prometheus stores it at ingestion. The le and quantile labels have
// Prometheus's spelling ("1.0", not "1").
type Sample struct {
	Name      string // of the series, with any _bucket, _sum or _count
	Labels    Labels
	Value     float64 // 0 where Native is set
	Timestamp int64   // milliseconds since 1970; 0 where the page has none, as usual
	// Native is the native histogram, or nil. It comes only in protobuf, next to the classic samples of the same
	// histogram if there are any.
	Native *histogram.FloatHistogram
}

// Label is a name and its value. A label with an empty value is kept as exposed; Prometheus ignores it.
type Label struct{ Name, Value string }

// Labels are sorted by name, without the metric's name.
type Labels []Label

// Get returns the value of the label, or an empty text.
func (l Labels) Get(name string) string {
	for _, label := range l {
		if label.Name == name {
			return label.Value
		}
	}
	return ""
}

// Has reports whether the label is there, possibly with an empty value.
func (l Labels) Has(name string) bool {
	return slices.ContainsFunc(l, func(label Label) bool { return label.Name == name })
}
