package query_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gaugewright/internal/engine"
	"gaugewright/internal/query"
)

// blankCases are queries without an answer over a minute of samples, and why.
var blankCases = []struct {
	query string
	cause query.Cause
	part  string
}{
	// A comparison that nothing passes says something about now, not about the query.
	{`rate(errors_total[1m]) > 0`, query.Filtered, "> 0"},
	{`sum by (path) (rate(errors_total[1m])) > 0`, query.Filtered, "> 0"},
	{`topk(3, rate(errors_total[1m]) > 0)`, query.Filtered, "> 0"},
	{`100 < queue`, query.Filtered, "100 <"},
	{`count(queue == 77)`, query.Filtered, "== 77"},
	{`changes(queue[1m]) > 0`, query.Filtered, "> 0"},
	{`delta(queue[1m]) != 0`, query.Filtered, "!= 0"},
	{`timestamp(queue) < time() - 3600`, query.Filtered, "< time() - 3600"},
	{`time() - started > 86400`, query.Filtered, "> 86400"},
	{`predict_linear(queue[1m], 3600) < 0`, query.Filtered, "< 0"},
	{`day_of_week() == 9`, query.Filtered, "== 9"},
	{`queue > limit`, query.Filtered, "> limit"},
	{`queue > on (job) group_left () sum by (job) (limit)`, query.Filtered, "> sum by (job) (limit)"},
	{`queue != queue`, query.Filtered, "!= queue"},
	{`(queue > 100) / on (room) queue`, query.Filtered, "> 100"},
	{`queue and on (job) up == 0`, query.Filtered, "== 0"},
	{`max_over_time((queue > 100)[1m:10s])`, query.Filtered, "> 100"},
	{`(queue > 100) or (errors_total > 100)`, query.Filtered, "> 100"},
	{`(queue > 100) or gone`, query.Filtered, "> 100"},
	{`rate(errors_total[1s]) or queue > 100`, query.Filtered, "> 100"},
	{`histogram_quantile(0.9, rate(took_bucket[1m]) > 100)`, query.Filtered, "> 100"},

	{`increase(errors_total[1m] smoothed) > 1e9`, query.Filtered, "> 1000000000"},
	{`max_over_time(queue[1m * 2] @ end()) > 100`, query.Filtered, "> 100"},

	// So does a choice of series.
	{`queue unless on (job) up`, query.Excluded, "unless"},
	{`topk(scalar(errors_total) - 5, queue)`, query.Excluded, "topk"},
	{`absent(queue)`, query.Present, "queue"},
	{`absent(queue) and on () gone`, query.Present, "queue"},
	{`absent_over_time(queue[1m])`, query.Present, "queue[1m]"},
	{`queue and on () absent(up)`, query.Present, "up"},
	{`sum(absent(queue or up)) > 0`, query.Present, "queue or up"},

	// Alerts fire seldom.
	{`ALERTS{alertstate="firing"}`, query.NoAlert, "ALERTS"},
	{`count(ALERTS)`, query.NoAlert, "ALERTS"},
	{`time() - ALERTS_FOR_STATE`, query.NoAlert, "ALERTS_FOR_STATE"},
	{`sum_over_time(ALERTS[1d])`, query.NoAlert, "ALERTS"},
	{`ALERTS * on (job) group_left () up`, query.NoAlert, "ALERTS"},
	{`ALERTS offset 1d`, query.NoAlert, "ALERTS"},
	{`{__name__="ALERTS"}`, query.NoAlert, "ALERTS"},
	{`{__name__=~"ALERTS|ALERTS_FOR_STATE"}`, query.NoAlert, "ALERTS"},

	// A minute is too short to look back further.
	{`queue offset 1w`, query.TooEarly, "offset 1w"},
	{`sum(rate(errors_total[5m] offset 1w))`, query.TooEarly, "offset 1w"},
	{`queue - queue offset 1d`, query.TooEarly, "offset 1d"},
	{`queue offset -1h`, query.TooEarly, "offset -1h"},
	{`queue offset (1h * 2)`, query.TooEarly, "offset (1h * 2)"},
	{`queue offset (step() + 1w)`, query.TooEarly, "offset (step() + 1w)"},
	{`rate(errors_total[1m] anchored offset 1w)`, query.TooEarly, "offset 1w"},
	{`queue @ 1609746000`, query.TooEarly, "@ 1609746000"},
	{`max_over_time(rate(errors_total[5m])[7d:1h])`, query.TooEarly, "[7d:1h]"},
	{`avg_over_time(queue[1h:10s] offset 1d)`, query.TooEarly, "[1h:10s] offset 1d"},
	{`rate(errors_total[1m] offset 1d) > 0`, query.TooEarly, "offset 1d"},
	{`rate(fresh[1m])`, query.TooEarly, "rate, which needs two samples"},
	{`increase(fresh[1d])`, query.TooEarly, "increase, which needs two samples"},
	{`old`, query.Ended, "old"},
	{`later`, query.NotYet, "later"},

	// Both sides have series, but other values of labels that events bring.
	{`errors_total / queue`, query.NeverPairs, "/"},
	{`errors_total / on (path) pages`, query.Unpaired, "/"},
	{`errors_total * on (job) other`, query.NeverPairs, "*"},
	{`errors_total * on (job) (other > 0)`, query.Unpaired, "*"},
	{`errors_total and on (room) queue`, query.NeverPairs, "and"},
	{`errors_total > on (job) other`, query.NeverPairs, ">"},
	{`errors_total + ignoring (path) limit`, query.NeverPairs, "+"},

	// No moment would help these.
	{`rate(errors_total[1s])`, query.TooShort, "errors_total[1s]"},
	{`sum(rate(errors_total[5s])) / sum(queue)`, query.TooShort, "errors_total[5s]"},
	{`rate(errors_total[1s]) or gone`, query.TooShort, "errors_total[1s]"},
	{`rate(errors_total[1s]) or vector(0) > 1`, query.TooShort, "errors_total[1s]"},
	{`rate(errors_total[1s]) / (queue > 100)`, query.TooShort, "errors_total[1s]"},
	{`count(queue) == 0`, query.NeverPasses, "== 0"},
	{`histogram_quantile(0.9, queue)`, query.Unexplained, "histogram_quantile(0.9, queue)"},
	{`topk(0, queue)`, query.Unexplained, "topk(0, queue)"},
	{`clamp(queue, 2, 1)`, query.Unexplained, "clamp(queue, 2, 1)"},
}

var presences = map[string]query.Presence{"gone": query.Missing, "later": query.Expected, "ALERTS": query.Quiet, "ALERTS_FOR_STATE": query.Quiet}

// TestWhyBlank asks an engine with a minute of samples.
func TestWhyBlank(t *testing.T) {
	end := time.UnixMilli(1_700_000_003_000)
	e := minute(t, end)
	for _, c := range blankCases {
		for _, instant := range []bool{true, false} {
			ask := asking(t, e, end, instant)
			q, err := query.Parse(c.query)
			if err != nil {
				t.Fatal(err)
			}
			if all, err := ask(c.query); err != nil || len(all) > 0 {
				t.Errorf("%s has the answer %v, %v", c.query, all, err)
				continue
			}
			var presence []query.Presence
			for _, s := range q.Selectors() {
				presence = append(presence, presences[s.Metric])
			}
			why, err := q.WhyBlank(query.Evidence{Presence: presence, Fixed: map[string]bool{"job": true}, Ask: ask})
			if err != nil || why.Cause != c.cause || why.Part != c.part || why.String() == "" {
				t.Errorf("%s (instant: %v): %s %q, %v\nwant %s %q", c.query, instant, why.Cause, why.Part, err, c.cause, c.part)
			}
		}
	}
}

// asking returns a question to an engine.
func asking(t *testing.T, e *engine.Engine, end time.Time, instant bool) func(text string) ([]map[string]string, error) {
	return func(text string) ([]map[string]string, error) {
		answer, err := e.Instant(t.Context(), text, end)
		if !instant {
			answer, err = e.Range(t.Context(), text, end.Add(-time.Minute), end, 15*time.Second)
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", text, err)
		}
		var all []map[string]string
		for _, s := range answer.Series {
			all = append(all, s.Labels)
		}
		return all, err
	}
}

// TestWhyNaN: scalar(x) without an x is NaN, for the reason why there is no x. So is 0 / 0.
func TestWhyNaN(t *testing.T) {
	end := time.UnixMilli(1_700_000_003_000)
	e := minute(t, end)
	for text, want := range map[string]query.Cause{
		`scalar(queue offset 1d)`:                          query.TooEarly,
		`limit - scalar(sum(queue offset 1d))`:             query.TooEarly,
		`vector(scalar(count(ALERTS)))`:                    query.NoAlert,
		`queue * scalar(limit > 100)`:                      query.Filtered,
		`scalar(rate(errors_total[1s]))`:                   query.TooShort,
		`scalar(limit) + scalar(rate(errors_total[1s]))`:   query.TooShort,
		`scalar({__name__=~"queue|limit"})`:                "", // it has two
		`(queue - queue) / (limit - limit)`:                "",
		`max_over_time(vector(scalar(limit>100))[1m:10s])`: query.Filtered,
		`(none - none) / none * 100`:                       query.ByZero,
		`queue / scalar(none)`:                             query.ByZero,
		`queue % on () none`:                               query.ByZero,
		`queue / on () sum(rate(none[1m]))`:                query.ByZero,
		`queue / (none * 0)`:                               "",
		`queue / 0`:                                        "",
		`(0 / queue) * (queue / on (room) limit)`:          "",
	} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		presence := make([]query.Presence, len(q.Selectors()))
		why, err := q.WhyNaN(query.Evidence{Presence: presence, Ask: asking(t, e, end, true)})
		if err != nil || why.Cause != want {
			t.Errorf("%s: %+v, %v, want %s", text, why, err, want)
		}
	}
}

// minute returns series with a sample every ten seconds of the last minute.
func minute(t *testing.T, end time.Time) *engine.Engine {
	t.Helper()
	var all []engine.Series
	add := func(oldest, newest time.Duration, value float64, name string, pairs ...string) {
		s := engine.Series{Labels: map[string]string{"__name__": name, "job": "shop"}}
		for i := 0; i < len(pairs); i += 2 {
			s.Labels[pairs[i]] = pairs[i+1]
		}
		for ago := oldest; ago >= newest; ago -= 10 * time.Second {
			s.Samples = append(s.Samples, engine.Sample{T: end.Add(-ago), V: value})
		}
		all = append(all, s)
	}
	add(time.Minute, 0, 5, "errors_total", "path", "/a")
	add(time.Minute, 0, 3, "pages", "path", "/b")
	add(time.Minute, 0, 3, "queue", "room", "north")
	add(time.Minute, 0, 9, "limit", "room", "north")
	add(time.Minute, 0, 0, "none")
	add(time.Minute, 0, 1, "up")
	add(time.Minute, 0, 1, "other", "job", "mail")
	add(time.Minute, 0, float64(end.Unix()-100), "started")
	add(time.Minute, 0, 1, "took_bucket", "le", "+Inf")
	add(0, 0, 5, "fresh")
	add(50*time.Minute, 49*time.Minute, 5, "old")
	e, err := engine.New(all)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestWhyBlankEnds: a query with very many parts is not asked for each.
func TestWhyBlankEnds(t *testing.T) {
	text := "gone"
	for range 100 {
		text = "abs(" + text + ")"
	}
	q, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	why, err := q.WhyBlank(query.Evidence{Presence: []query.Presence{query.Found}, Ask: func(string) ([]map[string]string, error) {
		asked++
		return nil, nil
	}})
	if err != nil || why.Cause != query.NotAsked || asked > 64 {
		t.Errorf("%d asked, %v, %v", asked, why, err)
	}
}

// TestWhyBlankShort: a long selector is cut between characters.
func TestWhyBlankShort(t *testing.T) {
	for _, name := range []string{"", "a", "aa"} {
		q, err := query.Parse(`queue{path="` + name + strings.Repeat("ü€", 30) + `"}`)
		if err != nil {
			t.Fatal(err)
		}
		why, err := q.WhyBlank(query.Evidence{Presence: []query.Presence{query.Expected}})
		if err != nil || !utf8.ValidString(why.String()) || !strings.HasSuffix(why.String(), "...") {
			t.Errorf("%q, %v", why, err)
		}
	}
}
