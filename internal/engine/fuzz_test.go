package engine

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"gaugewright/internal/scrape"
)

// FuzzScrape scrapes pages that the bytes make: few names, labels, values and times, so that they meet often. There is no
// panic, every series stays in order of time, and after a failed scrape no series of a page without times is found. What a
// page's text may be is package scrape's to fuzz.
func FuzzScrape(f *testing.F) {
	for _, seed := range []string{"", "abc", "a\x00b\x01c\x02", "ababab\xffabab\xffab", "\x10\x11\x12\xff\x10\x91\xff\x50\xd1\x12"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e := empty(t)
		isDated := false
		at := start
		for _, page := range bytes.Split(data[:min(len(data), 200)], []byte{0xff}) {
			var samples []scrape.Sample
			for _, b := range page {
				s := made(b, at)
				isDated = isDated || s.Timestamp != 0
				samples = append(samples, s)
			}
			e.Scrape(at, map[string]string{"job": "j"}, []scrape.Family{{Name: "a", Samples: samples}}, nil, 0)
			checkOrder(t, e)
			at = at.Add(10 * time.Second)
		}
		e.Scrape(at, map[string]string{"job": "j"}, nil, errors.New("away"), 0)
		checkOrder(t, e)
		for _, series := range e.store.all {
			last := &series.samples[len(series.samples)-1]
			if !last.isStale() && !isReport(series) && !isDated {
				t.Errorf("%s is not stale after a failed scrape", series.labels)
			}
		}
	})
}

// made is a sample of a byte: its lowest bits choose name and labels, the others value and time.
func made(b byte, at time.Time) scrape.Sample {
	labels := []scrape.Labels{nil, {{Name: "job", Value: "x"}}, {{Name: "exported_job", Value: "x"}, {Name: "job", Value: "y"}}, {{Name: "l", Value: ""}}}
	s := scrape.Sample{Name: []string{"a", "up"}[b&1], Labels: labels[b>>1&3], Value: []float64{1, math.NaN(), math.Inf(1), Stale()}[b>>3&3]}
	switch b >> 5 {
	case 1:
		s.Timestamp = at.UnixMilli()
	case 2:
		s.Timestamp = at.Add(-15 * time.Second).UnixMilli()
	case 3:
		s.Timestamp = at.Add(time.Hour).UnixMilli()
	case 4:
		s.Timestamp = 1
	case 5:
		s.Value, s.Native = 0, native.Copy()
	}
	return s
}

func checkOrder(t *testing.T, e *Engine) {
	t.Helper()
	for _, series := range e.store.all {
		if !slices.IsSortedFunc(series.samples, func(a, b sample) int { return int(a.t - b.t) }) {
			t.Fatalf("%s: not in order", series.labels)
		}
	}
}
