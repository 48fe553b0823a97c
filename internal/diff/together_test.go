package diff

import (
	"fmt"
	"strings"
	"testing"
)

// TestTogether: what changed in the same way in several queries of a panel is told once, with their names; what changed in
// another way, or in another panel, is told by itself. The counts and the fingerprints are of all.
func TestTogether(t *testing.T) {
	board := func(windows ...string) []byte {
		var panels list
		for i, title := range []string{"Latency", "Other"} {
			var targets list
			for j, q := range []string{"0.5", "0.95", "0.99"} {
				targets = append(targets, object{"refId": string(rune('A' + j)), "expr": fmt.Sprintf("histogram_quantile(%s, sum by (le) (rate(d_bucket[%s])))", q, windows[3*i+j])})
			}
			panels = append(panels, object{"id": i + 1, "title": title, "type": "timeseries", "targets": targets})
		}
		return encode(t, object{"uid": "u", "title": "Shop", "panels": panels})
	}
	for _, c := range []struct {
		windows string // of the new side; 5m each before
		want    []string
	}{
		{"1m 1m 1m 5m 5m 5m", []string{"queries A, B, C changed: window 5m → 1m"}},
		{"1m 2m 1m 5m 5m 5m", []string{"queries A, C changed: window 5m → 1m", "query B changed: window 5m → 2m"}},
		{"1m 5m 5m 1m 1m 5m", []string{"query A changed: window 5m → 1m", "queries A, B changed: window 5m → 1m"}},
	} {
		r := compareBoards(board("5m", "5m", "5m", "5m", "5m", "5m"), board(strings.Fields(c.windows)...))
		if n := strings.Count(c.windows, "m") - strings.Count(c.windows, "5m"); len(r.Sections[0].Changes) != n || r.Count(Behaviour) != n {
			t.Errorf("%s: %d changes, want %d", c.windows, len(r.Sections[0].Changes), n)
		}
		text, markdown := &strings.Builder{}, &strings.Builder{}
		if err := r.Text(text, false); err != nil {
			t.Fatal(err)
		}
		if err := r.Markdown(markdown); err != nil {
			t.Fatal(err)
		}
		for name, got := range map[string]string{"text": text.String(), "markdown": strings.ReplaceAll(markdown.String(), "`", "")} {
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("%s: %s: %q is missing in\n%s", c.windows, name, want, got)
				}
			}
			if n := strings.Count(got, " changed: window"); n != len(c.want) {
				t.Errorf("%s: %s: %d sentences, want %d:\n%s", c.windows, name, n, len(c.want), got)
			}
		}
	}
}

// TestTogetherValues: values that differ are told of each query, the same ones once.
func TestTogetherValues(t *testing.T) {
	measured := func(texts ...string) string {
		var changes []Change
		for i, text := range texts {
			p := &part{kind: aQuery, name: string(rune('A' + i))}
			changes = append(changes, Change{part: p, Kind: "expr", Level: Behaviour, Text: say("query {} changed", p.name), Values: &Values{Text: say(text, "x")}})
		}
		var told []string
		for _, c := range together(changes) {
			told = append(told, c.told(oneLine))
		}
		return strings.Join(told, "\n")
	}
	for want, texts := range map[string][]string{
		"queries A, B, C changed; measured: same values":                                          {"same values", "same values", "same values"},
		"queries A, B, C changed; measured: query A: {} ×2; query B: {} ×2; query C: same values": {"{} ×2", "{} ×2", "same values"},
		"query A changed; measured: same values":                                                  {"same values"},
	} {
		if got := measured(texts...); got != strings.ReplaceAll(want, "{}", "x") {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
