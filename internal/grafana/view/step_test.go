package view

import (
	"testing"
	"time"
)

func TestStep(t *testing.T) {
	for _, test := range []struct {
		shown  time.Duration
		points int
		least  time.Duration
		want   time.Duration
	}{
		{5 * time.Minute, 0, 10 * time.Second, 10 * time.Second},
		{5 * time.Minute, 1000, 0, 200 * time.Millisecond},
		{time.Hour, 1000, 0, 5 * time.Second},
		{24 * time.Hour, 1000, 10 * time.Second, time.Minute},
		{24 * time.Hour, 100, 0, 15 * time.Minute},
		{30 * 24 * time.Hour, 1000, 0, 30 * time.Minute},
		{100 * 365 * 24 * time.Hour, 1, 0, 365 * 24 * time.Hour},
	} {
		if got := Step(test.shown, test.points, test.least); got != test.want {
			t.Errorf("%v in %d points: %v, want %v", test.shown, test.points, got, test.want)
		}
	}
}

func TestDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"30s": 30 * time.Second, ">1m": time.Minute, " 1.5h ": 90 * time.Minute, "500ms": 500 * time.Millisecond,
		"7d": 168 * time.Hour, "1w": 168 * time.Hour, "15": 15 * time.Second,
		"": -1, "$x": -1, "1 parsec": -1, "-5m": -1, "999999999y": -1,
	} {
		got, ok := Duration(text)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: %v %v, want %v", text, got, ok, want)
		}
	}
}
