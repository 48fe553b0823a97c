package draw

import (
	"slices"
	"testing"
	"time"

	"gaugewright/internal/draw/svg"
)

// TestBoardGaps: what of a board itself is not drawn is said, once for all copies of a panel, and stands beside the title.
func TestBoardGaps(t *testing.T) {
	const link = `"links": [{"title": "Logs", "url": "http://x/"}]`
	for _, test := range []struct{ name, board, code string }{
		{"nothing", `{"panels": [{"type": "text", "title": "a"}]}`, ""},
		{"annotation", `{"annotations": {"list": [{"name": "Deploys", "enable": true, "expr": "up"}]}, "panels": []}`, "annotation (1)"},
		{"annotation that is off", `{"annotations": {"list": [{"name": "Deploys", "enable": false, "expr": "up"}]}, "panels": []}`, ""},
		{"link of the board", `{"panels": [], ` + link + `}`, "links (1)"},
		{"link of a panel", `{"panels": [{"type": "text", "title": "a", ` + link + `}]}`, "links (1)"},
		{"link of values", `{"panels": [{"type": "stat", "title": "a", "fieldConfig": {"defaults": {` + link + `}}}]}`, "links (1)"},
		{"link of some values", `{"panels": [{"type": "stat", "title": "a", "fieldConfig": {"overrides": [{"matcher": {"id": "byName", "options": "x"},
			"properties": [{"id": "links", "value": [{"title": "Logs", "url": "http://x/"}]}]}]}}]}`, "links (1)"},
		{"no links in the list", `{"links": [], "panels": [{"type": "stat", "title": "a", "links": [], "fieldConfig": {"defaults": {"links": []}}}]}`, ""},
		{"all", `{"annotations": {"list": [{"name": "Deploys", "enable": true, "expr": "up"}]}, ` + link + `,
			"panels": [{"type": "text", "title": "a", ` + link + `}]}`, "annotation (1), links (2)"},
		{"copies", `{"templating": {"list": [{"type": "custom", "name": "v", "multi": true, "query": "a,b", "current": {"value": ["a", "b"]}}]},
			"panels": [{"type": "text", "title": "a", "repeat": "v", ` + link + `}]}`, "links (1)"},
	} {
		b := open(t, []byte(test.board), anything{}, time.Date(2025, 6, 15, 15, 0, 0, 0, time.UTC))
		pic := Board(b, Options{})
		said := slices.ContainsFunc(pic.Texts, func(box svg.Box) bool { return box.Text == "≈ "+test.code })
		if got := codes(BoardGaps(b)); got != test.code || said != (test.code != "") {
			t.Errorf("%s: %q, in the picture: %t; want %q", test.name, got, said, test.code)
		}
	}
}

// TestRangeInWords: the range of a panel's own stands beside its title in the words of Grafana.
func TestRangeInWords(t *testing.T) {
	for own, want := range map[string]string{
		`"timeFrom": "20m"`:                      "Last 20 minutes",
		`"timeFrom": "1h"`:                       "Last 1 hour",
		`"timeFrom": "now-7d"`:                   "Last 7 days",
		`"timeFrom": "now/d"`:                    "Last now/d",
		`"timeShift": "10m"`:                     "timeshift -10m",
		`"timeFrom": "20m", "timeShift": "1d"`:   "Last 20 minutes timeshift -1d",
		`"timeFrom": "$span", "timeShift": "1d"`: "Last 3 hours timeshift -1d",
	} {
		b := open(t, []byte(`{"templating": {"list": [{"type": "constant", "name": "span", "query": "3h"}]},
			"panels": [{"type": "text", "title": "a", `+own+`}]}`), anything{}, time.Date(2025, 6, 15, 15, 0, 0, 0, time.UTC))
		pic := Board(b, Options{})
		if !slices.ContainsFunc(pic.Texts, func(box svg.Box) bool { return box.Text == want }) {
			t.Errorf("%s: %q is not among %v", own, want, pic.Texts)
		}
	}
}
