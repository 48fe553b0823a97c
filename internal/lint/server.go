package lint

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"gaugewright/dashboards/metric"
	"gaugewright/internal/report"
	"gaugewright/internal/scrape"
	"gaugewright/internal/source"
)

// Server is what lint asks of a Prometheus.
type Server interface {
	Metadata(ctx context.Context) (map[string]source.Metadata, error)
	LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error)
	Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error)
}

// The questions to a server.
const (
	lookBack  = 24 * time.Hour // what had series within it exists
	atOnce    = 4              // questions
	mostNamed = 1000           // series of one name whose labels are read: with as many there may be others
)

// Ask adds what a server knows about the metrics that the files name. It asks for their series, and changes nothing. A question
// without an answer is in m.Unanswered: what depends on it is not known.
func (m *Metrics) Ask(ctx context.Context, s Server, f *Files, now time.Time) error {
	names, err := s.LabelValues(ctx, "", "__name__", now.Add(-lookBack), now)
	if m.lacks("the names of its metrics", err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the names of its metrics: %w", err)
	}
	kinds, err := s.Metadata(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if m.lacks("the kinds of its metrics", err); err != nil {
		kinds = nil // also of a server without that part of the API
	}
	for _, name := range names {
		m.series[name] = named(name, kinds)
	}
	m.IsComplete, m.server = true, true
	exists := map[string]bool{}
	for _, name := range names {
		exists[name] = true
	}
	used := slices.DeleteFunc(f.names(), func(name string) bool { return !exists[name] })
	return m.askSeries(ctx, s, used, now)
}

// askSeries asks for the labels of the series of each name.
func (m *Metrics) askSeries(ctx context.Context, s Server, names []string, now time.Time) error {
	errs := make([]error, len(names))
	found := make([][]map[string]string, len(names))
	slots := make(chan struct{}, atOnce)
	var work sync.WaitGroup
	for i, name := range names {
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			found[i], errs[i] = s.Series(ctx, fmt.Sprintf("{__name__=%q}", name), now.Add(-lookBack), now)
		})
	}
	work.Wait()
	for i, name := range names {
		if m.lacks("the series of "+name, errs[i]) {
			continue
		}
		if errs[i] != nil {
			return fmt.Errorf("the series of %s: %w", name, errs[i])
		}
		m.series[name].take(found[i])
	}
	return nil
}

// lacks notes a question that the server did not answer, and reports whether it was one.
func (m *Metrics) lacks(what string, err error) bool {
	var unanswered *source.Unanswered
	if !errors.As(err, &unanswered) {
		return false
	}
	m.Unanswered = append(m.Unanswered, report.Finding{
		Place: report.Place{File: "-prometheus"}, Kind: report.NoAnswer, Text: what + ": " + unanswered.Reason})
	return true
}

// take adds the labels of series.
func (s *Series) take(found []map[string]string) {
	s.IsClosed, s.values = len(found) > 0 && len(found) < mostNamed, map[string][]string{}
	s.samples = len(found)
	for _, labels := range found {
		for name, value := range labels {
			if name != "__name__" {
				s.have(name)
				s.values[name] = append(s.values[name], value)
			}
		}
	}
	s.Labels = slices.Collect(maps.Keys(s.values))
	s.tidy()
	if !s.IsClosed {
		s.values = nil
	}
}

// named is a series of a server, with what its targets say of the family.
func named(name string, kinds map[string]source.Metadata) *Series {
	s := &Series{Name: name, Family: name, Kind: scrape.Unknown, From: FromServer, Unit: metric.UnitFromName(name)}
	if said, ok := kinds[name]; ok && said.Kind != "" {
		s.Kind, s.FamilyKind = scrape.Kind(said.Kind), scrape.Kind(said.Kind)
		return s
	}
	for _, suffix := range []string{"_bucket", "_sum", "_count", "_total"} {
		family, ok := strings.CutSuffix(name, suffix)
		said := kinds[family]
		switch kind := scrape.Kind(said.Kind); {
		case !ok:
		case kind == scrape.Histogram, kind == scrape.Summary && suffix != "_bucket", kind == scrape.Counter && suffix == "_total":
			s.Kind, s.FamilyKind, s.Family = scrape.Counter, kind, family
			if suffix == "_count" && s.Kind == scrape.Counter {
				s.Unit = metric.None
			}
		}
	}
	return s
}

// names returns the names of the metrics that the queries name, sorted.
func (f *Files) names() []string {
	all := map[string]bool{}
	f.eachQuery(func(q *Query) {
		for _, s := range q.Selectors() {
			if name := s.Selector.Metric; name != "" && !isVariable(name) {
				all[name] = true
			}
		}
	})
	return slices.Sorted(maps.Keys(all))
}
