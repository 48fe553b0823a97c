package engine

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/histogram"
)

var native = &histogram.FloatHistogram{
	Count: 4, Sum: 10, Schema: 0, ZeroThreshold: 0.001,
	PositiveSpans: []histogram.Span{{Offset: 0, Length: 2}}, PositiveBuckets: []float64{1, 3},
}

// TestAppend appends samples one after the other, each some seconds after start. An error contains the text, and then
// nothing changes.
func TestAppend(t *testing.T) {
	once, twice := Sample{T: start, H: native}, Sample{T: start.Add(time.Second), H: native.Copy().Mul(2)}
	other := Sample{T: start, H: twice.H}
	for name, test := range map[string]struct {
		samples []Sample
		err     string // for the last sample
		want    string
	}{
		"in order":                       {[]Sample{plain(0, 1), plain(10, 2)}, "", "1@0 2@10"},
		"older":                          {[]Sample{plain(10, 1), plain(9, 2)}, "older than the last one, at 2023-", "1@10"},
		"another value at the same time": {[]Sample{plain(0, 1), plain(0, 2)}, "another value exists at", "1@0"},
		"the same value again":           {[]Sample{plain(0, 1), plain(0, 1)}, "", "1@0"},
		"NaN again":                      {[]Sample{plain(0, math.NaN()), plain(0, math.NaN())}, "", "NaN@0"},
		"stale":                          {[]Sample{plain(0, 1), plain(10, Stale())}, "", "1@0 stale@10"},
		"stale is another value":         {[]Sample{plain(0, math.NaN()), plain(0, Stale())}, "another value exists at", "NaN@0"},
		"histograms":                     {[]Sample{once, twice}, "", native.String() + "@0 " + twice.H.String() + "@1"},
		"the same histogram again":       {[]Sample{once, {T: start, H: native.Copy()}}, "", native.String() + "@0"},
		"another histogram":              {[]Sample{once, other}, "another value", native.String() + "@0"},
		"a number, then histograms":      {[]Sample{plain(0, 0), once}, "another value", "0@0"},
	} {
		t.Run(name, func(t *testing.T) {
			e := empty(t)
			var err error
			for _, sample := range test.samples {
				err = e.Append(map[string]string{"__name__": "a", "empty": ""}, sample)
			}
			if (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("error %v, want %q", err, test.err)
			}
			if got, want := e.dump(t, false), "a{} "+test.want; got != want {
				t.Errorf("stored %s, want %s", got, want)
			}
		})
	}
}

func plain(seconds int, v float64) Sample {
	return Sample{T: start.Add(time.Duration(seconds) * time.Second), V: v}
}

// TestStale: a series is found until it is stale, and again when it continues.
func TestStale(t *testing.T) {
	e := empty(t)
	for _, s := range []Sample{plain(0, 1), plain(10, Stale()), plain(30, 2)} {
		if err := e.Append(map[string]string{"__name__": "a"}, s); err != nil {
			t.Fatal(err)
		}
	}
	got, err := e.Range(t.Context(), `a`, start, start.Add(40*time.Second), 5*time.Second)
	if want := `{__name__=a} 1,1,2,2,2`; err != nil || text(got) != want {
		t.Errorf("got %s %v, want %s", text(got), err, want)
	}
}

// TestHistogramsStay: neither a caller's changes to a result nor the engine's computing in place change stored
// histograms.
func TestHistogramsStay(t *testing.T) {
	e := empty(t)
	for i := range 10 {
		s := Sample{T: start.Add(time.Duration(i) * 10 * time.Second), H: native.Copy().Mul(float64(i + 1))}
		if err := e.Append(map[string]string{"__name__": "h"}, s); err != nil {
			t.Fatal(err)
		}
	}
	before, end := e.dump(t, false), start.Add(90*time.Second)
	for _, query := range []string{
		`h`, `h[1m]`, `-h`, `h * 2`, `sum(h)`, `rate(h[1m])`, `avg_over_time(h[1m])`, `h offset 5s`,
	} {
		got, err := e.Instant(t.Context(), query, end)
		if err != nil || len(got.Series) != 1 || got.Series[0].Samples[0].H == nil {
			t.Fatalf("%s: %v %v", query, got, err)
		}
		for _, s := range got.Series[0].Samples {
			s.H.Mul(7)
			s.H.PositiveBuckets[0] = -1
		}
		if _, err := e.Range(t.Context(), `rate(h[30s])`, start, end, time.Second); err != nil {
			t.Fatal(err)
		}
	}
	if after := e.dump(t, false); after != before {
		t.Errorf("stored before:\n%s\nafter:\n%s", before, after)
	}
}

// TestConcurrent: queries run while scrapes come in. Each sees a scrape whole or not at all.
func TestConcurrent(t *testing.T) {
	e := empty(t)
	var scrapes, queries sync.WaitGroup
	scrapes.Go(func() {
		for i := range 200 {
			e.scrapeText(t, i, "i", fmt.Sprintf("a %d\nb %d", i, i))
		}
	})
	for range 4 {
		queries.Go(func() {
			for i := range 200 {
				at := start.Add(time.Duration(i) * 10 * time.Second)
				got, err := e.Instant(t.Context(), `a - b`, at)
				if err != nil || len(got.Series) == 1 && got.Series[0].Samples[0].V != 0 {
					t.Errorf("half a scrape: %s %v", text(got), err)
				}
				if _, err := e.LabelValues(t.Context(), "up", "job", start, at); err != nil {
					t.Error(err)
				}
			}
		})
	}
	queries.Wait()
	scrapes.Wait()
}
