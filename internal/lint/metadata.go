package lint

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

// AddPages adds the families of pages. They are taken for all that the services expose.
func (m *Metrics) AddPages(families []scrape.Family) {
	for _, family := range families {
		m.addFamily(family, FromPage)
	}
	for _, name := range []string{"up", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling",
		"scrape_series_added"} {
		m.addFamily(scrape.Family{Name: name, Kind: scrape.Gauge, Samples: []scrape.Sample{{Name: name}}}, FromPage)
	}
	m.IsComplete = true
}

// addFiles adds what the files say: the labels that Prometheus gives to its targets, and the recording rules.
func (m *Metrics) addFiles(f *Files) {
	m.supposed, m.once, m.all = nil, &sync.Once{}, nil
	f.eachQuery(m.learn)
	m.share(f)
	isClosed, jobs := true, 0
	for _, file := range f.All {
		if file.Prometheus == nil {
			continue
		}
		for _, job := range file.Prometheus.Jobs {
			jobs++
			m.Target = append(m.Target, job.Labels...)
			isClosed = isClosed && job.IsClosed
		}
	}
	m.IsTargetClosed = isClosed && jobs > 0
	slices.Sort(m.Target)
	m.Target = slices.Compact(m.Target)
	for range deepestRecord { // rules read each other's records
		before := maps.Clone(m.records)
		for name, all := range f.Records {
			m.records[name] = m.recorded(name, all)
		}
		if maps.EqualFunc(before, m.records, func(a, b *Series) bool {
			return a.Kind == b.Kind && a.IsClosed == b.IsClosed && slices.Equal(a.Labels, b.Labels)
		}) {
			return
		}
	}
}

// deepestRecord bounds how far recording rules are followed that read each other's records.
const deepestRecord = 4

// recorded returns what rules of one name record.
func (m *Metrics) recorded(name string, all []*PromRule) *Series {
	s := &Series{Name: name, Family: name, From: FromRecord, Kind: scrape.Unknown, IsClosed: true}
	for i, r := range all {
		if r.Query.Parsed == nil {
			s.IsClosed, s.Kind = false, scrape.Unknown
			continue
		}
		set, _ := r.Query.Parsed.Labels(m.Labels)
		s.IsClosed = s.IsClosed && !set.Open
		s.Labels = append(s.Labels, set.Names...)
		for label := range r.Group.LabelsOf(r.Rule) {
			s.Labels = append(s.Labels, label)
		}
		if kind := m.ValueKind(r.Query.Tree); i == 0 || s.Kind == kind {
			s.Kind = kind
		} else {
			s.Kind = scrape.Unknown
		}
	}
	slices.Sort(s.Labels)
	s.Labels = slices.Compact(s.Labels)
	return s
}

// ValueKind returns what the values of a part are: still a counter after sum and label_replace, a gauge after rate; Unknown
// where that is not known.
func (m *Metrics) ValueKind(p *query.Part) scrape.Kind {
	switch {
	case p.Selector != nil:
		return m.Kind(p.Selector.Metric)
	case p.Is("sum", "max", "min", "avg", "topk", "bottomk", "limitk", "sort", "sort_desc", "sort_by_label", "sort_by_label_desc",
		"label_replace", "label_join", "last_over_time", "first_over_time", "max_over_time", "min_over_time"):
		return m.ValueKind(p.Operand())
	case p.Is("abs", "ceil", "floor", "round", "clamp", "clamp_min", "clamp_max"):
		return m.ValueKind(p.Operand())
	case p.Is("count", "group", "count_values", "stddev", "quantile"):
		return scrape.Gauge
	case p.Call != nil && isVariable(p.Call.Func), p.Aggregation != nil && isVariable(p.Aggregation.Op):
		return scrape.Unknown
	case p.Call != nil:
		return scrape.Gauge
	case p.Subquery != nil, p.Kind == query.NegationPart:
		return m.ValueKind(p.Parts[0])
	case p.Operation != nil:
		return m.operationKind(p)
	}
	return scrape.Gauge
}

func (m *Metrics) operationKind(p *query.Part) scrape.Kind {
	left, right := m.ValueKind(p.Parts[0]), m.ValueKind(p.Parts[1])
	switch o := p.Operation; {
	case o.Op == "and" || o.Op == "unless":
		return left
	case o.Op == "or" || o.Op == "+":
		if left == right || o.Op == "or" && p.Parts[1].Is("vector") {
			return left
		}
		return scrape.Unknown
	case (o.Op == "*" || o.Op == "/") && !p.Parts[1].Vector: // a counter in another unit
		return left
	case o.IsComparison() && !o.Bool && !p.Parts[1].Vector: // some of the counters
		return left
	case o.Op == "*" && o.Group == "group_left" && isInfo(p.Parts[1]): // with more labels
		return left
	}
	return scrape.Gauge
}

// isInfo reports whether a part is an info metric, whose value is 1.
func isInfo(p *query.Part) bool {
	for p.Is("max", "min", "group", "label_replace", "label_join", "topk") {
		p = p.Operand()
	}
	return strings.HasSuffix(selectorName(p), "_info")
}
