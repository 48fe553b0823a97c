package engine

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"gaugewright/internal/scrape"
)

// TestForget: old samples are gone and others are not; a series without samples is gone, unless its target still exposes
// it, and then it goes on; what is left answers in its order, by index too.
func TestForget(t *testing.T) {
	start := time.Unix(1e9, 0)
	minute := func(n int) time.Time { return start.Add(time.Duration(n) * time.Minute) }
	e, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	page := func(names ...string) []scrape.Family {
		var samples []scrape.Sample
		for _, name := range names {
			samples = append(samples, scrape.Sample{Name: "m", Labels: scrape.Labels{{Name: "of", Value: name}}, Value: 1})
		}
		return []scrape.Family{{Name: "m", Samples: samples}}
	}
	target := map[string]string{"job": "j"}
	e.Scrape(minute(0), target, page("gone", "b", "a"), nil, 0)
	e.Scrape(minute(1), target, page("b", "a"), nil, 0)
	e.Scrape(minute(9), target, nil, fmt.Errorf("down"), 0)
	e.Forget(minute(5))
	if got, err := e.Series(t.Context(), "m", minute(0), minute(9)); err != nil || len(got) > 0 {
		t.Errorf("%v, %v: nothing of m is left", got, err)
	}
	e.Scrape(minute(10), target, page("a", "b", "new"), nil, 0)
	var order []string
	for _, s := range e.Stored() {
		if s.Labels["__name__"] == "m" {
			order = append(order, fmt.Sprint(s.Labels["of"], len(s.Samples)))
		}
	}
	if want := []string{"b2", "a2", "new1"}; !slices.Equal(order, want) {
		t.Errorf("stored %v, want %v", order, want)
	}
	for query, want := range map[string]int{"m": 3, `m{of="a"}`: 1, "up": 1, `{job="j",of=~"gone|new"}`: 1} {
		if got, err := e.Instant(t.Context(), query, minute(10)); err != nil || len(got.Series) != want {
			t.Errorf("%s: %d series, %v; want %d", query, len(got.Series), err, want)
		}
	}
	if got, _ := e.Instant(t.Context(), "count_over_time(up[1h])", minute(10)); got.Series[0].Samples[0].V != 2 {
		t.Errorf("%v: two scrapes were not forgotten", got)
	}
}
