package observe

import (
	"slices"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/rules"
)

// ofTime are the metrics whose values are times.
var ofTime = []string{"process_start_time_seconds", "go_memstats_last_gc_time_seconds", rules.ForStateSeries}

// Resume returns a history that goes on after a run: what an engine holds, up to the given time, is moved so that it ends
// at the end. What is scraped under the same job and instance continues its series.
func Resume(options Options, run *engine.Engine, last, end time.Time) (*History, error) {
	moved := end.Sub(last)
	all := run.Stored()
	for _, s := range all {
		isTime := slices.Contains(ofTime, s.Labels["__name__"])
		for i := range s.Samples {
			s.Samples[i].T = s.Samples[i].T.Add(moved)
			if isTime && s.Samples[i].V > 0 {
				s.Samples[i].V += moved.Seconds()
			}
		}
	}
	e, err := engine.New(all)
	if err != nil {
		return nil, err
	}
	e.Describe(run.Metadata())
	return over(e, options)
}
