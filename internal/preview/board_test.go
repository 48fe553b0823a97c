package preview

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/verify"
)

func read[T any](t *testing.T, answer *httptest.ResponseRecorder) (value T) {
	t.Helper()
	if err := json.Unmarshal(answer.Body.Bytes(), &value); err != nil {
		t.Fatalf("%v: %.200s", err, answer.Body)
	}
	return value
}

// drawn opens the board of an address.
func drawn(t *testing.T, s *shop, query string) *openBoard {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := parse(values)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := s.find(asked.board)
	open, err := s.open(t.Context(), b, asked)
	if err != nil {
		t.Fatal(err)
	}
	return open
}

// TestBadQuestions: what an address asks for is bounded, and an answer says what is wrong.
func TestBadQuestions(t *testing.T) {
	s := newShop(t)
	many := strings.Repeat("var-job=a&", maxValues+1)
	var wide strings.Builder
	for i := range maxVariables + 1 {
		fmt.Fprintf(&wide, "var-v%d=a&", i)
	}
	for query, want := range map[string]string{
		"board=none":                             "404 there is no such board",
		"panel=99":                               "404 the board has no such panel",
		"panel=":                                 "200 ",
		"range=soon":                             "400 range: write a duration such as 5m",
		"range=1s":                               "400 a range is from 10s to 8784h0m0s long",
		"range=9000h":                            "400 a range is from 10s to 8784h0m0s long",
		"from=1&to=x":                            "400 from and to: write milliseconds since 1970",
		"from=5":                                 "400 from and to: write milliseconds since 1970",
		"from=2&to=1":                            "400 a range is from 10s to 8784h0m0s long",
		"to=9007199254740993":                    "400 from and to: write milliseconds since 1970",
		"width=wide":                             "400 width: write a number of pixels from 100 to 8000",
		"width=NaN":                              "400 width: write a number of pixels from 100 to 8000",
		"height=1e9":                             "400 height: write a number of pixels from 100 to 8000",
		"zone=../../etc":                         "200 ",
		many:                                     "400 job: at most 500 values",
		wide.String():                            "400 at most 50 variables",
		"x=" + strings.Repeat("a", longestQuery): "414 ",
	} {
		answer := s.get("/api/board?" + query)
		got := fmt.Sprint(answer.Code, " ")
		if answer.Code == 400 || answer.Code == 404 {
			got += read[map[string]string](t, answer)["error"]
		}
		if got != want {
			t.Errorf("%.50s: %s, want %s", query, got, want)
		}
	}
	if got := s.get("/api/none").Code; got != 404 {
		t.Errorf("/api/none: %d", got)
	}
}

// TestBoard: a board has its panels at their places, its variables with what they offer, and its queries as they are asked.
func TestBoard(t *testing.T) {
	s := newShop(t)
	b := drawn(t, s, "width=1000&var-job=web")
	if b.Key != "shop" || b.To != noon.UnixMilli() || b.From != noon.Add(-5*time.Minute).UnixMilli() || len(b.Places) != 5 {
		t.Fatalf("%+v", b)
	}
	job := b.Variables[0]
	if len(job.Offered) != 2 || job.IsAll || !slices.Equal(job.Chosen, []string{"web"}) || !b.Variables[1].IsText {
		t.Errorf("%+v", b.Variables)
	}
	first := b.Places[0]
	if first.Left != 0 || first.Width < 0.49 || first.Width > 0.5 || first.Top != 0 || b.Places[3].Left < 0.24 {
		t.Errorf("%+v", b.Places)
	}
	q := first.Panel.Queries[0]
	if q.Expr != `queue_length{job=~"$job"}` || q.Text != `queue_length{job=~"web"}` || q.Step != "10s" {
		t.Errorf("%+v", q)
	}
	p := first.Panel.Plot
	if p == nil || len(p.Series) != 1 || p.Series[0].Name != "web" || p.Series[0].Texts[len(p.Times)-1] != text(queue("web", noon)) {
		t.Errorf("%+v", p)
	}
	if now := b.Places[2].Panel; now.Plot != nil || !strings.HasPrefix(now.SVG, "<svg ") {
		t.Errorf("%+v", now)
	}
}

// TestPlaces: one panel has the whole page; on a narrow one panels stand below each other, small ones in pairs.
func TestPlaces(t *testing.T) {
	s := newShop(t)
	one := drawn(t, s, "panel=3&width=1000&height=700")
	if len(one.Places) != 1 || one.Places[0].Width != 1 || one.Places[0].Height != 700 || one.Height != 700 {
		t.Errorf("%+v", one)
	}
	narrow := drawn(t, s, "width=400")
	var got []string
	for _, at := range narrow.Places {
		got = append(got, fmt.Sprintf("%.2f %.0f %.2f", at.Left, at.Top, at.Width))
	}
	want := []string{"0.00 0 1.00", "0.00 304 1.00", "0.00 608 0.49", "0.51 608 0.49", "0.00 760 1.00"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestState: the page learns of other boards, of what does not work, and of verdicts.
func TestState(t *testing.T) {
	s := newShop(t)
	before := read[state](t, s.get("/api/state"))
	if before.Judged || len(before.Boards) != 1 || before.Boards[0].Dead != 0 || len(before.Problems) != 0 {
		t.Errorf("%+v", before)
	}
	s.judge(t.Context())
	s.Trouble("target", "down")
	s.Trouble("target", "down")
	after := read[state](t, s.get("/api/state"))
	if !after.Judged || after.Boards[0].Dead != 1 || !slices.Equal(after.Problems, []string{"down"}) || after.Version != before.Version+2 {
		t.Errorf("%+v after %+v", after, before)
	}
	gone := drawn(t, s, "panel=4").Places[0].Panel
	if gone.Dead != "there is no metric tills_total" || gone.Said[0] != (said{"verify", "A", "dead", ""}) {
		t.Errorf("%+v", gone)
	}
	s.Trouble("target", "")
	s.Show(verify.Files{})
	if empty := read[state](t, s.get("/api/state")); len(empty.Problems) != 0 || len(empty.Boards) != 0 || empty.Judged {
		t.Errorf("%+v", empty)
	}
}

// TestRedact: what is secret is in no answer.
func TestRedact(t *testing.T) {
	s := newShop(t)
	s.Redact = func(text string) string { return strings.ReplaceAll(text, "hunter2", "xxxxx") }
	s.Trouble("target", "Bearer hunter2")
	if got := s.get("/api/state").Body.String(); strings.Contains(got, "hunter2") || !strings.Contains(got, "Bearer xxxxx") {
		t.Error(got)
	}
}

// TestKeyed: each board has an address, whatever its uid; overviews come first.
func TestKeyed(t *testing.T) {
	of := func(path, uid, title string) verify.Board {
		b := verify.Board{Path: path}
		b.UID, b.Title = uid, title
		return b
	}
	var got []string
	for _, b := range keyed([]verify.Board{of("a", "x", ""), of("b", "x", ""), of("b", "", ""), of("b", "", "Overview of all"), of("b", "", "")}) {
		got = append(got, b.key)
	}
	if want := []string{"b", "x", "b#2", "b#3", "b#4"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestLint: what lint says of a panel stands beside what verify says.
func TestLint(t *testing.T) {
	s := newShop(t)
	const text = `{"uid": "shop", "title": "Shop", "panels": [{"type": "row", "title": "Now"}, {"id": 4, "title": "Rate", "type": "timeseries",
		"gridPos": {"w": 12, "h": 8, "x": 0, "y": 1}, "targets": [{"refId": "A", "expr": "rate(go_goroutines[$__rate_interval])"}]}]}`
	for name, files := range map[string][]string{
		"a title":               {text},
		"no title":              {strings.Replace(text, `"Rate"`, `""`, 1)},
		"the same board before": {text, text},
	} {
		var boards []verify.Board
		for i, data := range files {
			b, err := grafana.Read([]byte(data))
			if err != nil {
				t.Fatal(err)
			}
			boards = append(boards, verify.Board{Path: fmt.Sprintf("%d.json", i), Board: b})
		}
		s.Show(verify.Files{Boards: boards})
		s.judge(t.Context())
		for _, b := range s.boards {
			all := drawn(t, s, "panel=4&board="+url.QueryEscape(b.key)).Places[0].Panel.Said
			for _, by := range []string{"lint", "verify"} {
				isOf := func(one said) bool {
					return one.By == by && one.Query == "A" && (by == "verify" || one.Kind == "rate-of-gauge")
				}
				if !slices.ContainsFunc(all, isOf) {
					t.Errorf("%s: nothing by %s: %+v", name, by, all)
				}
			}
		}
	}
}
