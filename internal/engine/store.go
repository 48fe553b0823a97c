package engine

import (
	"fmt"
	"math"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
)

// store has all series. It finds them by their labels, and by the metric's name, with which most queries begin.
type store struct {
	all    map[string]*series
	byName map[string]*metric
	newest int64 // time of the newest sample; math.MinInt64 before the first
}

// series is everything stored under one set of labels, in order of time.
type series struct {
	number  int // in the order in which they came
	rank    int // among those of its name, by their labels; see metric.rank
	labels  labels.Labels
	samples samples
}

func newStore() *store {
	return &store{all: map[string]*series{}, byName: map[string]*metric{}, newest: math.MinInt64}
}

// series returns the series with these labels, and creates it if needed.
func (s *store) series(set labels.Labels) *series {
	key := string(set.Bytes(nil))
	known := s.all[key]
	if known != nil {
		return known
	}
	added := &series{number: len(s.all), labels: set}
	s.all[key] = added
	s.place(added)
	return added
}

// place makes a series one of its metric's.
func (s *store) place(one *series) {
	name := one.labels.Get(model.MetricNameLabel)
	if s.byName[name] == nil {
		s.byName[name] = &metric{name: name}
	}
	s.byName[name].add(one)
}

// addSeries adds a whole series. It must be new and its samples in order.
func (s *store) addSeries(whole Series) error {
	known := len(s.all)
	added := s.series(fromMap(whole.Labels))
	if len(s.all) == known {
		return fmt.Errorf("series %s: two series have these labels", added.labels)
	}
	added.samples = make(samples, 0, len(whole.Samples))
	for i, one := range whole.Samples {
		next := one.stored()
		if i > 0 && next.t <= added.samples[i-1].t {
			return fmt.Errorf("series %s: sample %d, at %s, is not later than the one before it", added.labels, i, one.T)
		}
		if err := s.append(added, next); err != nil {
			return err
		}
	}
	return nil
}

// append adds a sample as Prometheus's head block does without a window for out-of-order samples.
func (s *store) append(to *series, next sample) error {
	if len(to.samples) > 0 {
		switch last := &to.samples[len(to.samples)-1]; {
		case next.t < last.t:
			return fmt.Errorf("series %s: the sample at %s is older than the last one, at %s",
				to.labels, instant(next.t), instant(last.t))
		case next.t == last.t && next.equals(last):
			return nil
		case next.t == last.t:
			return fmt.Errorf("series %s: another value exists at %s; the first is kept",
				to.labels, instant(next.t))
		}
	}
	to.samples = append(to.samples, next)
	s.newest = max(s.newest, next.t)
	return nil
}

func instant(t int64) string { return time.UnixMilli(t).UTC().Format("2006-01-02T15:04:05.000Z") }
