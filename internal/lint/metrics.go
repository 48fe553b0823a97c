package lint

import (
	"slices"
	"strings"
	"sync"

	"gaugewright/dashboards/metric"
	"gaugewright/internal/query"
	"gaugewright/internal/report"
	"gaugewright/internal/scrape"
)

// Metrics is what is known about metrics: from pages, from a server, from the recording rules among the files, and from
// the catalogue of well-known ones. It does not change while rules work.
type Metrics struct {
	series   map[string]*Series
	records  map[string]*Series
	supposed map[string]*Series // what queries themselves say of series
	shared   map[string]int     // with how many families a label is used that lack it

	server    bool // a server has said which metrics there are
	once      *sync.Once
	all       []string        // the names of all metrics but the catalogue's
	pageWords map[string]bool // the first words of those on pages
	// Unanswered are the questions to the server that it did not answer.
	Unanswered []report.Finding
	// IsComplete says that there are no metrics but those from pages or the server, the records, and those of other
	// exporters that the catalogue knows.
	IsComplete bool
	// Target are labels that Prometheus adds to what a page has. They are all where IsTargetClosed.
	Target         []string
	IsTargetClosed bool
}

// Series is what is known about the series of one name.
type Series struct {
	Name string
	// Kind is what the values are. The _bucket, _sum and _count of a histogram are counters; a Histogram is a native one, a
	// Summary the quantiles of a summary, Unknown where nobody says.
	Kind       scrape.Kind
	FamilyKind scrape.Kind // histogram, of its _bucket
	Family     string
	Unit       metric.Unit // from # UNIT or the name
	Labels     []string    // sorted: those that the page shows, or all that the server has
	IsClosed   bool        // Labels are all
	From       Origin

	help    string
	samples int                 // how many series there are
	with    map[string]int      // how many of them have a label
	values  map[string][]string // of each label; nil where they are not known
}

// Origin is where something is known from.
type Origin string

// The origins.
const (
	FromPage   Origin = "page"
	FromServer Origin = "server"
	FromRecord Origin = "recording rule"
	FromKnown  Origin = "catalogue"
)

// NewMetrics returns what the catalogue of well-known metrics has.
func NewMetrics() *Metrics {
	m := &Metrics{series: map[string]*Series{}, records: map[string]*Series{}, Target: []string{"instance", "job"}}
	for name, s := range known() {
		m.series[name] = s
	}
	return m
}

// Series returns what is known about the series of a name, as Prometheus stores them.
func (m *Metrics) Series(name string) (*Series, bool) {
	record, isRecord := m.records[name]
	s, ok := m.series[name]
	if !isRecord || ok && s.From == FromServer && s.Kind != scrape.Unknown {
		return s, ok
	}
	if ok && s.From == FromServer && s.IsClosed { // the server has its labels, the rule its kind
		both := *s
		both.Kind = record.Kind
		return &both, true
	}
	return record, true
}

// Kind returns what the values of a series are; Unknown where that is not known.
func (m *Metrics) Kind(name string) scrape.Kind {
	if s, ok := m.Series(name); ok && s.Kind != "" && s.Kind != scrape.Unknown {
		return s.Kind
	}
	if s := m.supposed[name]; s != nil {
		return s.Kind
	}
	return scrape.Unknown
}

// IsBucket reports whether the series is known to be the buckets of a classic histogram.
func (m *Metrics) IsBucket(name string) bool {
	if !strings.HasSuffix(name, "_bucket") {
		return false
	}
	if s, ok := m.Series(name); ok && s.FamilyKind == scrape.Histogram {
		return true
	}
	base := strings.TrimSuffix(name, "_bucket")
	return m.supposed[name] != nil || metric.UnitFromName(base) != metric.None ||
		strings.HasSuffix(base, "_duration") || strings.HasSuffix(base, "_latency")
}

// Labels is a query.Catalogue of the labels: it knows only series of which all labels are known.
func (m *Metrics) Labels(name string) (query.Series, bool) {
	s, ok := m.Series(name)
	if !ok || !s.IsClosed && (s.From != FromPage || !m.IsTargetClosed) {
		return query.Series{}, false
	}
	labels := s.Labels
	if s.From == FromPage {
		labels = slices.Concat(labels, m.Target)
	}
	return query.Series{Labels: labels, Unit: s.Unit}, true
}

// addFamily adds the series of a family.
func (m *Metrics) addFamily(family scrape.Family, from Origin) {
	unit := metric.UnitFromName(family.Name)
	if unit == metric.None && family.Unit != "" {
		unit = metric.Unit(family.Unit)
	}
	add := func(name string, kind scrape.Kind) *Series {
		s, ok := m.series[name]
		if !ok || s.From != from {
			s = &Series{Name: name, Kind: kind, FamilyKind: family.Kind, Family: family.Name, Unit: unit, From: from, help: family.Help, values: map[string][]string{}}
			if strings.HasSuffix(name, "_count") && kind == scrape.Counter && family.Name != name {
				s.Unit = metric.None
			}
			m.series[name] = s
		}
		return s
	}
	if len(family.Samples) == 0 { // only # TYPE
		for name, kind := range seriesOf(family) {
			add(name, kind)
		}
	}
	for _, sample := range family.Samples {
		s := add(sample.Name, kindOf(family, sample))
		s.samples++
		for _, label := range sample.Labels {
			if _, ok := s.values[label.Name]; !ok {
				s.Labels = append(s.Labels, label.Name)
			}
			s.have(label.Name)
			s.values[label.Name] = append(s.values[label.Name], label.Value)
		}
	}
	for name := range seriesOf(family) {
		if s := m.series[name]; s != nil {
			s.tidy()
		}
	}
}

// tidy sorts the labels and their values.
func (s *Series) tidy() {
	slices.Sort(s.Labels)
	for label, values := range s.values {
		slices.Sort(values)
		s.values[label] = slices.Compact(values)
	}
}

func (s *Series) have(label string) {
	if s.with == nil {
		s.with = map[string]int{}
	}
	s.with[label]++
}

// lacks reports whether some series have a label, and others do not.
func (s *Series) lacks(label string) bool { return s.with[label] > 0 && s.with[label] < s.samples }

// Values returns the values that a label has on a page, or nil where they are not known.
func (s *Series) Values(label string) []string { return s.values[label] }

// seriesOf returns the names of the series that a family can have, with what their values are.
func seriesOf(family scrape.Family) map[string]scrape.Kind {
	all := map[string]scrape.Kind{}
	switch family.Kind {
	case scrape.Histogram:
		all[family.Name+"_bucket"] = scrape.Counter
		fallthrough
	case scrape.Summary:
		all[family.Name+"_sum"], all[family.Name+"_count"] = scrape.Counter, scrape.Counter
		if family.Kind == scrape.Summary {
			all[family.Name] = scrape.Summary
		}
	default:
		all[family.Name] = family.Kind
	}
	for _, sample := range family.Samples {
		all[sample.Name] = kindOf(family, sample)
	}
	return all
}

// kindOf returns what the values of a sample are.
func kindOf(family scrape.Family, sample scrape.Sample) scrape.Kind {
	isPart := sample.Name != family.Name
	switch {
	case (family.Kind == scrape.Histogram || family.Kind == scrape.Summary) && isPart:
		return scrape.Counter
	case family.Kind == scrape.GaugeHistogram && isPart, family.Kind == scrape.Info, family.Kind == scrape.Stateset:
		return scrape.Gauge
	}
	return family.Kind
}
