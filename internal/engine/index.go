package engine

import (
	"cmp"
	"slices"
	"sync"

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

// candidates returns the series, in the order in which they came, that may match: those with the value that the most
// selective of the matchers asks for.
func (m *metric) candidates(matchers []*labels.Matcher) []*series {
	least := m.series
	for _, one := range matchers {
		if len(least) <= fewSeries {
			break
		}
		if one.Type != labels.MatchEqual || one.Name == labels.MetricName {
			continue
		}
		if found := m.with(one.Name, one.Value); len(found) < len(least) {
			least = found
		}
	}
	return least
}

// with returns the series whose label has the value. An empty value is that of a label that is not there.
func (m *metric) with(label, value string) []*series {
	m.mu.Lock()
	defer m.mu.Unlock()
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
	return values[value]
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
		if m.Name == labels.MetricName && m.Type == labels.MatchEqual {
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
		if m.Name == labels.MetricName && !m.Matches(name) {
			return false
		}
	}
	return true
}

func match(set labels.Labels, matchers []*labels.Matcher) bool {
	for _, m := range matchers {
		if m.Name != labels.MetricName && !m.Matches(set.Get(m.Name)) {
			return false
		}
	}
	return true
}
