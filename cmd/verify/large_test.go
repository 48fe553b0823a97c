package main

import (
	"fmt"
	"os"
	"runtime/metrics"
	"strings"
	"syscall"
	"testing"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

// BenchmarkManyBoards compares verify with scraping, parsing and evaluating alone: in CPU time, and in the memory that
// is in use.
func BenchmarkManyBoards(b *testing.B) {
	sizes := []int{25, 50, manyBoards}
	if testing.Short() {
		sizes = []int{2}
	}
	for _, boards := range sizes {
		url, files := servePage(b), writeBoards(b, boards)
		measured := func(name string, do func()) {
			b.Run(fmt.Sprintf("%d/%s", boards, name), func(b *testing.B) {
				used, highest := cpuTime(b), peak()
				for b.Loop() {
					do()
				}
				b.ReportMetric(used().Seconds()/float64(b.N), "cpu-s/op")
				b.ReportMetric(highest()/(1<<20), "peak-MiB")
			})
		}
		measured("alone", func() { evaluateAlone(b, url, boards) })
		measured("verify", func() {
			var out strings.Builder
			if code := run([]string{"-boards", files, "-target", url}, &out, os.Stderr); code != 0 {
				b.Fatal("exit ", code, out.String())
			}
		})
	}
}

// evaluateAlone does what cannot be saved.
func evaluateAlone(b *testing.B, url string, boards int) {
	e, err := engine.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	end := time.Now()
	const scrapes = 6 // as many as verify takes
	for i := range scrapes {
		families, err := scrape.Fetch(b.Context(), nil, url)
		at := end.Add(-time.Duration(scrapes-1-i) * 15 * time.Second)
		e.Scrape(at, map[string]string{"job": "j", "instance": "i"}, families, err, 0)
	}
	for n := range boards {
		values := map[string]query.Value{"namespace": {Values: []string{fmt.Sprintf("team-%d", n)}}}
		for nth := range panels {
			if n > 0 && nth == panels-1 {
				continue // the same on all boards
			}
			evaluate(b, e, panelQuery(nth), values, end)
		}
	}
}

// evaluate evaluates a query over all ranges.
func evaluate(b *testing.B, e *engine.Engine, text string, values map[string]query.Value, end time.Time) {
	for _, shown := range []time.Duration{5 * time.Minute, time.Hour, 24 * time.Hour} {
		step := view.Step(shown, 0, 15*time.Second)
		times := query.Times{From: end.Add(-shown), To: end, Interval: step, Scrape: 15 * time.Second}
		put, err := query.Interpolate(text, values, times)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := e.Range(b.Context(), put, end.Add(-shown), end, step); err != nil {
			b.Fatal(err)
		}
	}
}

// cpuTime returns a function that returns the time of all cores since.
func cpuTime(b *testing.B) func() time.Duration {
	now := func() time.Duration {
		var usage syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
			b.Fatal(err)
		}
		return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	}
	before := now()
	return func() time.Duration { return now() - before }
}

// peak returns a function that returns the most memory in use since, in bytes: what a garbage collection leaves.
func peak() func() float64 {
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		highest := uint64(0)
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		for {
			metrics.Read(live)
			highest = max(highest, live[0].Value.Uint64())
			select {
			case <-stop:
				most <- highest
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() float64 { close(stop); return float64(<-most) }
}
