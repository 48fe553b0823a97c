package engine

import (
	"hash/maphash"
	"maps"
	"math"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"

	"gaugewright/internal/scrape"
)

// Limits for a page's own timestamps in Prometheus: so far ahead of its clock (maxAheadTime in its package scrape),
// and so far behind its newest sample (half of the two hours of its head block).
const (
	maxAhead  = 10 * time.Minute
	maxBehind = time.Hour
)

// Scrape stores one scrape of the target with these labels, such as job and instance, as Prometheus 3 does at its
// defaults. It stores the samples of the page, at the given time or at their own; up and the other four series about
// the scrape, with the given duration; and a staleness marker for each series that the target's previous scrape had
// and this one does not. The error is that of fetching the page: then there are no samples, and up is 0.
//
// A label of the page with the name of a target label, such as job, becomes exported_job, unless HonorLabels is set. A sample that Append would
// refuse is dropped, but counted. Two counts differ from Prometheus: its scrape_samples_scraped also counts
// duplicates, which the families no longer have, and the samples before a line that cannot be read.
func (e *Engine) Scrape(
	at time.Time, target map[string]string, families []scrape.Family, err error, took time.Duration,
) Outcome {
	e.mu.Lock()
	defer e.mu.Unlock()
	pass := e.newPass(fromMap(target), at.UnixMilli())
	up := 0.0
	if err == nil {
		up = 1
		for _, family := range families {
			e.about[family.Name] = Metadata{Kind: family.Kind, Help: family.Help, Unit: family.Unit}
			for _, sample := range family.Samples {
				pass.add(sample)
			}
		}
	}
	pass.finish(err == nil && len(families) > 0)
	pass.report("up", up)
	pass.report("scrape_duration_seconds", took.Seconds())
	pass.report("scrape_samples_scraped", float64(pass.scraped))
	pass.report("scrape_samples_post_metric_relabeling", float64(pass.scraped)) // nothing is relabelled
	pass.report("scrape_series_added", float64(pass.added))
	pass.outcome.Exported = maps.Clone(pass.exported)
	return pass.outcome
}

// pass is one scrape while it is stored.
type pass struct {
	*target
	store   *store
	at      int64
	oldest  int64            // earliest time that a sample may have
	present map[*series]bool // series that get a marker when they disappear
	scraped int              // samples on the page
	added   int              // series that are new to the target
	honor   bool             // the page's labels win
	key     []byte           // of the last sample; its memory is reused
	outcome Outcome
}

func (e *Engine) newPass(labels labels.Labels, at int64) *pass {
	key := string(labels.Bytes(nil))
	if e.targets[key] == nil {
		e.targets[key] = &target{
			labels: labels, seed: maphash.MakeSeed(), known: map[uint64]*exposed{}, exported: map[string]string{},
		}
	}
	e.targets[key].scrapes++
	newest := e.store.newest
	if newest == math.MinInt64 {
		newest = at
	}
	return &pass{
		target: e.targets[key], store: e.store, at: at, present: map[*series]bool{},
		honor:  e.HonorLabels,
		oldest: newest - maxBehind.Milliseconds(),
	}
}

// add stores a sample of the page. A series with its own time gets no staleness marker.
func (p *pass) add(s scrape.Sample) {
	p.scraped++
	next := sample{t: p.at, v: s.Value, h: s.Native}
	key := p.hash(s)
	known := p.known[key]
	twice := known != nil && known.scrape == p.scrapes
	if known != nil {
		known.scrape = p.scrapes
	}
	if s.Timestamp != 0 {
		next.t = s.Timestamp
	} else if twice {
		return
	}
	isStored := next.t == p.at || next.t <= p.at+maxAhead.Milliseconds() && next.t >= p.oldest
	var series *series
	if isStored {
		series = p.series(known, s)
		isStored = p.store.append(series, next) == nil
	}
	if s.Timestamp != 0 && (!isStored || next.t > p.at || next.t <= p.at-lookback.Milliseconds()) {
		p.hide(s, !isStored)
	}
	if !isStored {
		return
	}
	if known == nil {
		p.known[key] = &exposed{series: series, scrape: p.scrapes}
		p.added++
	}
	if s.Timestamp == 0 {
		p.present[series] = true
	}
}

func (p *pass) series(known *exposed, s scrape.Sample) *series {
	if known != nil {
		return known.series
	}
	return p.store.series(p.stored(s))
}

// finish marks the series as stale that the previous scrape had and this one does not. Only a page with samples makes
// the target forget missing series: after a failed scrape, they do not count as added again.
func (p *pass) finish(forget bool) {
	for series := range p.before {
		if !p.present[series] {
			p.keepFirst(series, Stale())
		}
	}
	p.before = p.present
	for key, exposed := range p.known {
		if forget && exposed.scrape != p.scrapes {
			delete(p.known, key)
		}
	}
}

func (p *pass) report(name string, value float64) {
	set := labels.NewBuilder(p.labels).Set(model.MetricNameLabel, name).Labels()
	p.keepFirst(p.store.series(set), value)
}

// keepFirst appends a value unless there is a sample at this time or later: the page may have its own up.
func (p *pass) keepFirst(series *series, value float64) {
	_ = p.store.append(series, sample{t: p.at, v: value})
}
