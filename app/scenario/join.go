package scenario

import (
	"context"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/rules"
	"gaugewright/internal/scrape"
)

const (
	took    = 4 * time.Millisecond // for each scrape
	sinceGC = 3 * time.Second      // between a garbage collection and the next scrape
)

// Join stores the pages of all releases as Prometheus would have scraped them, and evaluates the rules after each
// scrape. The page of a release and a time comes from page.
func Join(
	ctx context.Context, groups []rules.Group, page func(release int, at time.Time) ([]scrape.Family, error),
) (*engine.Engine, error) {
	e, err := engine.New(nil)
	if err != nil {
		return nil, err
	}
	runner, err := rules.NewRunner(e, groups, rules.External{})
	if err != nil {
		return nil, err
	}
	clocks := make([]clock, len(Releases))
	for at := End.Add(Interval - Length); !at.After(End); at = at.Add(Interval) {
		for i, r := range Releases {
			if !at.After(r.Begin()) || at.After(End.Add(r.To-Length)) {
				continue
			}
			families, err := page(i, at)
			if err != nil {
				return nil, err
			}
			clocks[i].set(families, r.Begin().Add(-r.Before), at)
			e.Scrape(at, map[string]string{"job": Job, "instance": r.Instance}, families, nil, took)
		}
		if err := runner.Eval(ctx, at); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// clock gives times of the run to the metrics that the runtime takes from the real clock.
type clock struct{ seen, lastGC float64 }

func (c *clock) set(families []scrape.Family, begin, at time.Time) {
	for _, f := range families {
		switch f.Name {
		case "process_start_time_seconds":
			f.Samples[0].Value = seconds(begin)
		case "go_memstats_last_gc_time_seconds":
			if v := f.Samples[0].Value; v != c.seen {
				c.seen, c.lastGC = v, seconds(at.Add(-sinceGC))
			}
			f.Samples[0].Value = c.lastGC
		}
	}
}

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }
