package engine

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// looked returns an engine whose series begin and end at different times: early ends with a marker at 20 s.
func looked(t testing.TB) *Engine {
	t.Helper()
	e := empty(t)
	const a, b = `early{path="/a"} 1`, `early{path="/b"} 1`
	for i, page := range []string{b, a + "\n" + b, "late 1", "late 1"} {
		e.scrapeText(t, i, "i", page)
	}
	return e
}

func TestLabelValues(t *testing.T) {
	e := looked(t)
	for _, test := range []struct {
		selector, label string
		from, to        int // seconds after start
		want            string
	}{
		{`early`, "path", 0, 30, "[/a /b]"},
		{`early{path!="/a"}`, "path", 0, 30, "[/b]"},
		{`{__name__=~"early|late"}`, "__name__", 0, 30, "[early late]"},
		{`up`, "nothing", 0, 30, "[]"},
		{`nothing`, "job", 0, 30, "[]"},
		{``, "job", 0, 30, "[j]"},
		{``, "path", 0, 30, "[/a /b]"},
		// The time range counts, both ends included. A staleness marker does not count.
		{`early`, "path", 0, 9, "[/b]"},
		{`early`, "path", 10, 10, "[/a /b]"},
		{`early`, "path", 11, 100, "[]"},
		{`{__name__=~".a.+"}`, "__name__", 11, 19, "[]"},
		{`{__name__=~".a.+"}`, "__name__", 20, 20, "[late]"},
		{`late`, "job", 31, 40, "[]"},
	} {
		from, to := start.Add(time.Duration(test.from)*time.Second), start.Add(time.Duration(test.to)*time.Second)
		got, err := e.LabelValues(t.Context(), test.selector, test.label, from, to)
		if err != nil || fmt.Sprint(got) != test.want {
			t.Errorf("%s of %s from %d to %d: %v %v, want %s",
				test.label, test.selector, test.from, test.to, got, err, test.want)
		}
	}
}

func TestSeries(t *testing.T) {
	e := looked(t)
	got, err := e.Series(t.Context(), `{__name__=~"early|late"}`, start, start.Add(time.Minute))
	const want = "[map[__name__:early instance:i job:j path:/a] map[__name__:early instance:i job:j path:/b] " +
		"map[__name__:late instance:i job:j]]"
	if err != nil || fmt.Sprint(got) != want {
		t.Errorf("got %v %v\nwant %s", got, err, want)
	}
	all, err := e.Series(t.Context(), ``, start, start.Add(time.Minute))
	if err != nil || len(all) != 3+5 {
		t.Errorf("all: %v %v, want 8", all, err)
	}
}

func TestLookUpErrors(t *testing.T) {
	e := looked(t)
	for selector, want := range map[string]string{
		`up{`:           `selector up{: 1:4: parse error`,
		`rate(up[1m])`:  `parse error`,
		`{}`:            `must not match the empty value`,
		`{job=~".*"}`:   `must not match the empty value`,
		`up{job="$job`:  `parse error`,
		`up[5m]`:        `parse error`,
		`up or process`: `parse error`,
	} {
		if got, err := e.Series(t.Context(), selector, start, start); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v %v, want %s", selector, got, err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.LabelValues(ctx, "up", "job", start, start); err == nil {
		t.Error("a cancelled look-up answers")
	}
}

// FuzzSeries: for any selector there is no panic, and Series finds what a query with it finds.
func FuzzSeries(f *testing.F) {
	for _, selector := range []string{
		`up`, `{job=~"j|k"}`, `{__name__!="up",path=""}`, `early{path!~"/a"}`, `{"late"}`, `up{`, `up#`,
	} {
		f.Add(selector)
	}
	e := looked(f)
	f.Fuzz(func(t *testing.T, selector string) {
		found, err := e.Series(t.Context(), selector, start, start.Add(time.Minute))
		if err != nil || selector == "" {
			return
		}
		queried, err := e.Instant(t.Context(), "last_over_time("+selector+"\n[2m])", start.Add(time.Minute))
		if err != nil {
			return // the parser accepts some selectors that it refuses in a query
		}
		if len(found) != len(queried.Series) {
			t.Errorf("%s: %d found, %d queried", selector, len(found), len(queried.Series))
		}
	})
}
