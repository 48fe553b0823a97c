package engine

import (
	"cmp"
	"slices"
	"sync"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
)

// metric is all series of one name. Pages with hundreds of thousands of series have few names, so each metric finds its
// series by their labels too.
type metric struct {
	name   string
	series []*series // in the order in which they came

	mu     sync.Mutex                      // guards the fields below, which queries fill
	values map[string]map[string][]*series // by label and value, of the labels that queries asked for
	ranked int                             // series that have their rank
}

// fewSeries are looked through without an index.
const fewSeries = 64

// add adds a new series. Nobody queries meanwhile.
func (m *metric) add(s *series) {
	m.series = append(m.series, s)
	for label, values := range m.values {
		value := s.labels.Get(label)
		values[value] = append(values[value], s)
	}
}

// candidates returns the series, in the order in which they came, that may match: those with a value that the most
// selective of the matchers asks for.
func (m *metric) candidates(matchers []*labels.Matcher) []*series {
	least := m.series
	for _, one := range matchers {
		if len(least) <= fewSeries {
			break
		}
		values := asked(one)
		if values == nil || one.Name == model.MetricNameLabel {
			continue
		}
		if found, ok := m.with(one.Name, values, len(least)); ok {
			least = found
		}
	}
	return least
}

// asked returns the only values that a matcher selects, or nil where it names none. A regex with a few is what a board's
// variable becomes.
func asked(m *labels.Matcher) []string {
	switch m.Type {
	case labels.MatchEqual:
		return []string{m.Value}
	case labels.MatchRegexp:
		return slices.Compact(slices.Sorted(slices.Values(m.SetMatches())))
	}
	return nil
}

// with returns the series whose label has one of the values, if they are fewer than the limit. An empty value is that of
// a label that is not there.
func (m *metric) with(label string, values []string, limit int) ([]*series, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	index := m.index(label)
	count := 0
	for _, value := range values {
		count += len(index[value])
	}
	switch {
	case count >= limit:
		return nil, false
	case len(values) == 1:
		return index[values[0]], true
	}
	found := make([]*series, 0, count)
	for _, value := range values {
		found = append(found, index[value]...)
	}
	slices.SortFunc(found, func(a, b *series) int { return cmp.Compare(a.number, b.number) })
	return found, true
}

// index returns the series by the value of a label.
func (m *metric) index(label string) map[string][]*series {
	values := m.values[label]
	if values == nil {
		values = map[string][]*series{}
		for _, s := range m.series {
			value := s.labels.Get(label)
			values[value] = append(values[value], s)
		}
		if m.values == nil {
			m.values = map[string]map[string][]*series{}
		}
		m.values[label] = values
	}
	return values
}

// rank numbers the series in the order of their labels, once for many sorted answers.
func (m *metric) rank() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ranked == len(m.series) {
		return
	}
	sorted := slices.Clone(m.series)
	slices.SortFunc(sorted, func(a, b *series) int { return labels.Compare(a.labels, b.labels) })
	for i, s := range sorted {
		s.rank = i
	}
	m.ranked = len(sorted)
}

// find calls yield with the matching series of each metric that has some, in the order in which they came.
func (s *store) find(matchers []*labels.Matcher, yield func(*metric, *series)) {
	for _, m := range s.named(matchers) {
		for _, one := range m.candidates(matchers) {
			if match(one.labels, matchers) {
				yield(m, one)
			}
		}
	}
}

// named returns the metrics whose name matches, sorted.
func (s *store) named(matchers []*labels.Matcher) []*metric {
	for _, m := range matchers {
		if m.Name == model.MetricNameLabel && m.Type == labels.MatchEqual {
			if one := s.byName[m.Value]; one != nil && matchName(m.Value, matchers) {
				return []*metric{one}
			}
			return nil
		}
	}
	var all []*metric
	for name, one := range s.byName {
		if matchName(name, matchers) {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b *metric) int { return cmp.Compare(a.name, b.name) })
	return all
}

func matchName(name string, matchers []*labels.Matcher) bool {
	for _, m := range matchers {
		if m.Name == model.MetricNameLabel && !m.Matches(name) {
			return false
		}
	}
	return true
}

func match(set labels.Labels, matchers []*labels.Matcher) bool {
	for _, m := range matchers {
		if m.Name != model.MetricNameLabel && !m.Matches(set.Get(m.Name)) {
			return false
		}
	}
	return true
}
