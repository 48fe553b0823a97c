package engine

import (
	"maps"
	"time"

	"github.com/prometheus/prometheus/model/histogram"

	"gaugewright/internal/scrape"
)

// The parts of a native histogram, for packages that keep series but need nothing else of Prometheus.
type (
	Histogram = histogram.FloatHistogram
	Span      = histogram.Span
	ResetHint = histogram.CounterResetHint
)

// Metadata is what a page says about a family.
type Metadata struct {
	Kind       scrape.Kind
	Help, Unit string
}

// Metadata returns what the last page that has a family says about it, by the family's name.
func (e *Engine) Metadata() map[string]Metadata {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return maps.Clone(e.about)
}

// Describe sets what is known about families, as a scrape does.
func (e *Engine) Describe(about map[string]Metadata) {
	e.mu.Lock()
	defer e.mu.Unlock()
	maps.Copy(e.about, about)
}

// Stored returns all series with all samples, also staleness markers, in the order in which they came. New makes the same
// engine of them, without its targets. Histograms are shared and must not be changed.
func (e *Engine) Stored() []Series {
	e.mu.RLock()
	defer e.mu.RUnlock()
	all := make([]Series, len(e.store.all))
	for _, s := range e.store.all {
		samples := make([]Sample, len(s.samples))
		for i, one := range s.samples {
			samples[i] = Sample{T: time.UnixMilli(one.t), V: one.v, H: one.h}
		}
		all[s.number] = Series{Labels: s.labels.Map(), Samples: samples}
	}
	return all
}
