package ruletest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"gaugewright/internal/engine"
)

// seriesParser reads the notation of series as promtool does.
var seriesParser = parser.NewParser(parser.Options{
	EnableExperimentalFunctions: true, EnableBinopFillModifiers: true, EnableUnquotedUTF8Names: true,
})

// input returns the series of a test up to its last evaluation; promtool loads no later ones, either. Of two series
// with the same labels, the later one wins.
func (t *test) input() ([]engine.Series, error) {
	var all []engine.Series
	last := t.at(t.steps)
	for _, file := range t.InputSeries {
		text := strings.TrimSpace(file.Series + " " + file.Values)
		if strings.Contains(text, "\n") {
			return nil, fmt.Errorf("series %s: it must be on one line", file.Series)
		}
		set, values, err := seriesParser.ParseSeriesDesc(text)
		if err != nil {
			return nil, fmt.Errorf("series %s: %w", file.Series, err)
		}
		one := engine.Series{Labels: set.Map()}
		var before *histogram.FloatHistogram
		for i, v := range values {
			at := t.start.Add(time.Duration(i) * t.gap)
			if v.Omitted || at.After(last) {
				continue
			}
			before = hinted(v.Histogram, before)
			one.Samples = append(one.Samples, engine.Sample{T: at, V: v.Value, H: before})
		}
		all = slices.DeleteFunc(all, func(s engine.Series) bool {
			return labels.Equal(labels.FromMap(s.Labels), set)
		})
		all = append(all, one)
	}
	return all, nil
}

// hinted sets the counter-reset hint of a native histogram as Prometheus's storage does when it reads it back: not
// reset since the one before, or unknown. Results show this hint.
func hinted(h, before *histogram.FloatHistogram) *histogram.FloatHistogram {
	if h == nil || h.CounterResetHint == histogram.GaugeType {
		return h
	}
	reset := before == nil || h.DetectReset(before)
	h.CounterResetHint = histogram.UnknownCounterReset
	if !reset {
		h.CounterResetHint = histogram.NotCounterReset
	}
	return h
}

// feed appends the samples up to a time to an engine, and returns the rest.
func feed(e *engine.Engine, series []engine.Series, till time.Time) ([]engine.Series, error) {
	var failed error
	left := slices.Clone(series)
	for i, one := range left {
		for len(one.Samples) > 0 && !one.Samples[0].T.After(till) {
			failed = errors.Join(failed, e.Append(one.Labels, one.Samples[0]))
			one.Samples = one.Samples[1:]
		}
		left[i] = one
	}
	return left, failed
}
