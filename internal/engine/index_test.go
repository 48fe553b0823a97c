package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
)

// TestIndex: with an index, matchers find the series that a look at every series finds, in the order in which they came,
// also when more series come.
func TestIndex(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	s := newStore()
	matcher := func() *labels.Matcher {
		names := []string{"__name__", "a", "b", "gone"}
		kinds := []labels.MatchType{labels.MatchEqual, labels.MatchEqual, labels.MatchNotEqual, labels.MatchRegexp, labels.MatchNotRegexp}
		values := []string{"", "m1", "1", "2", "99", "1|2", "2|1|2", "|1", "(9|1)9", "(?i)m1", "m.", ".+"}
		return labels.MustNewMatcher(kinds[r.IntN(len(kinds))], names[r.IntN(len(names))], values[r.IntN(len(values))])
	}
	found := 0
	for range 2000 {
		set := map[string]string{"__name__": fmt.Sprintf("m%d", r.IntN(3)), "b": fmt.Sprint(r.IntN(100))}
		if r.IntN(2) == 0 {
			set["a"] = fmt.Sprint(r.IntN(4))
		}
		s.series(fromMap(set))
		matchers := []*labels.Matcher{matcher(), matcher(), matcher()}[:1+r.IntN(3)]
		var want []*series
		for _, one := range s.all {
			if !slices.ContainsFunc(matchers, func(m *labels.Matcher) bool { return !m.Matches(one.labels.Get(m.Name)) }) {
				want = append(want, one)
			}
		}
		slices.SortFunc(want, func(a, b *series) int { return a.number - b.number })
		if got := s.inOrder(matchers); !slices.Equal(got, want) {
			t.Fatalf("%v: %d series, want %d", matchers, len(got), len(want))
		}
		found += len(want)
	}
	if found < 10_000 {
		t.Errorf("the matchers found only %d series: the test shows little", found)
	}
}

// TestSeriesOrder: the answer is in order of names and labels, also when series came between two questions.
func TestSeriesOrder(t *testing.T) {
	e := empty(t)
	for i, page := range []string{`a{p="2"} 1`, "a{p=\"2\"} 1\na{p=\"1\"} 1\nA 1\na{p=\"3\",Q=\"1\"} 1"} {
		e.scrapeText(t, i, "i", page)
		got, err := e.Series(t.Context(), `{__name__=~"(?i)a"}`, start, start.Add(1e11))
		want := []string{
			"[map[__name__:a instance:i job:j p:2]]",
			"[map[__name__:A instance:i job:j] map[Q:1 __name__:a instance:i job:j p:3] " +
				"map[__name__:a instance:i job:j p:1] map[__name__:a instance:i job:j p:2]]",
		}[i]
		if err != nil || fmt.Sprint(got) != want {
			t.Errorf("%d: got %v %v\nwant %s", i, got, err, want)
		}
	}
}

// TestLabelNames: the time range counts as for values.
func TestLabelNames(t *testing.T) {
	e := looked(t)
	for second, want := range map[int]string{10: "[__name__ instance job path]", 30: "[__name__ instance job]"} {
		at := start.Add(time.Duration(second) * time.Second)
		if got, err := e.LabelNames(t.Context(), at, at); err != nil || fmt.Sprint(got) != want {
			t.Errorf("at %d: %v %v, want %s", second, got, err, want)
		}
	}
}
