package engine

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Forget drops the samples before a time, and the series that then have none and that no target exposes any more. An
// engine that is filled for hours stays of one size this way.
func (e *Engine) Forget(before time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	exposed := map[*series]bool{}
	for _, t := range e.targets {
		for _, one := range t.known {
			exposed[one.series] = true
		}
	}
	e.store.forget(before.UnixMilli(), exposed)
}

// forget drops samples and series. It keeps the series that are still needed.
func (s *store) forget(before int64, needed map[*series]bool) {
	known := len(s.all)
	for key, one := range s.all {
		n, _ := slices.BinarySearchFunc(one.samples, before, func(one sample, t int64) int { return cmp.Compare(one.t, t) })
		one.samples = one.samples[n:]
		if len(one.samples) == 0 && !needed[one] {
			delete(s.all, key)
		}
	}
	if len(s.all) < known {
		s.renumber()
	}
}

// renumber numbers the series anew, in the order in which they came, and makes the metrics of them.
func (s *store) renumber() {
	clear(s.byName)
	inOrder := slices.SortedFunc(maps.Values(s.all), func(a, b *series) int { return cmp.Compare(a.number, b.number) })
	for i, one := range inOrder {
		one.number = i
		s.place(one)
	}
}
