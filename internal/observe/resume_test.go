package observe

import (
	"testing"
	"time"

	"gaugewright/internal/engine"
)

// TestResume: a run is moved to the end, with the values that are times; what is stale stays so; it goes on as one series
// with what is scraped then.
func TestResume(t *testing.T) {
	t.Parallel()
	last, end := time.Unix(1e9, 0), time.Unix(2e9, 0)
	of := func(name string, values ...float64) engine.Series {
		s := engine.Series{Labels: map[string]string{"__name__": name, "job": "shop", "instance": "a:8000", "env": "test"}}
		for i, v := range values {
			s.Samples = append(s.Samples, engine.Sample{T: last.Add(time.Duration(i+1-len(values)) * 10 * time.Second), V: v})
		}
		return s
	}
	run, err := engine.New([]engine.Series{of("scrapes_total", 5, 7), of("process_start_time_seconds", 1e9-60), of("ended", 1, engine.Stale())})
	if err != nil {
		t.Fatal(err)
	}
	run.Describe(map[string]engine.Metadata{"ended": {Help: "Ends."}})
	h, err := Resume(newHistory(t).options, run, last, end)
	if err != nil {
		t.Fatal(err)
	}
	page := App{Name: "a", Handler: counting()}.Page()
	if err := h.scrape(t.Context(), []Page{page}, end.Add(10*time.Second)); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"time() - process_start_time_seconds":                        "70",
		"count_over_time(scrapes_total[1m])":                         "3",
		`count(timestamp(scrapes_total @ 2000000000) == 2000000000)`: "1",
		"count({__name__=\"ended\"}) or vector(0)":                   "0",
	} {
		if got := value(t, h, query, end.Add(10*time.Second)); got != want {
			t.Errorf("%s is %s, want %s", query, got, want)
		}
	}
	if h.Engine.Metadata()["ended"].Help != "Ends." {
		t.Error("what the run says of its metrics is lost")
	}
}
