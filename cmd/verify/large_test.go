package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/scrape"
)

// largeQueries are a board over the page of a large cluster: with and without matchers, two of them with a mistake.
var largeQueries = []string{
	`sum by (namespace) (pod_0)`,
	`sum by (namespace) (rate(pod_1[5m]))`,
	`topk(5, pod_2{namespace="team-7"})`,
	`sum(pod_3{namespace!="team-7"}) / count(pod_4)`,
	`pod_5{pod=~"checkout-0000[0-9]+"} > 2`,
	`max by (pod) (pod_6{namespace=~"team-(1|2)"})`,
	`sum(pod_7{namespace="gone"})`,
	`sum by (gone) (pod_8)`,
}

// largePage has 20 MiB and 20 metrics of about 10,000 series.
func largePage() []byte {
	var b strings.Builder
	for i := 0; b.Len() < 20<<20; i++ {
		fmt.Fprintf(&b, "pod_%d{namespace=\"team-%d\",pod=\"checkout-%08d\",uid=\"0b8e3c1e-5c1a-4c58-9d7c-%012d\"} %d\n",
			i%20, i%50, i, i, i%7)
	}
	return []byte(b.String())
}

// BenchmarkLargePage compares verify's CPU time with that of scraping, parsing and evaluating alone.
func BenchmarkLargePage(b *testing.B) {
	page := largePage()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.Write(page)
	}))
	defer server.Close()
	board := filepath.Join(b.TempDir(), "board.json")
	var panels []string
	for i, query := range largeQueries {
		panels = append(panels, fmt.Sprintf(
			`{"id": %d, "type": "timeseries", "title": "p%d", "targets": [{"refId": "A", "expr": %q}]}`, i, i, query))
	}
	if err := os.WriteFile(board, []byte(`{"uid": "b", "panels": [`+strings.Join(panels, ",")+`]}`), 0o644); err != nil {
		b.Fatal(err)
	}
	b.Run("alone", func(b *testing.B) {
		used := cpuTime(b)
		for b.Loop() {
			evaluateAlone(b, server.URL)
		}
		b.ReportMetric(used().Seconds()/float64(b.N), "cpu-s/op")
	})
	b.Run("verify", func(b *testing.B) {
		used := cpuTime(b)
		for b.Loop() {
			if code := run([]string{"-boards", board, "-target", server.URL}, io.Discard, io.Discard); code == 2 {
				b.Fatal("exit", code)
			}
		}
		b.ReportMetric(used().Seconds()/float64(b.N), "cpu-s/op")
	})
}

// evaluateAlone does what cannot be saved.
func evaluateAlone(b *testing.B, url string) {
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
	for _, query := range largeQueries {
		for _, shown := range []time.Duration{5 * time.Minute, time.Hour, 24 * time.Hour} {
			step := max(15*time.Second, shown/1500)
			if _, err := e.Range(b.Context(), query, end.Add(-shown), end, step); err != nil {
				b.Fatal(err)
			}
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
