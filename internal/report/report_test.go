package report

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// one is a report with one of everything.
func one() Report {
	orders := Place{File: "shop.json", Board: "shop", Panel: "Orders", ID: 3, Query: "A"}
	rule := Place{File: "rules.yml", Line: 7, Board: "http", Panel: "Errors"}
	return Report{
		Command:  "verify",
		Findings: []Finding{{orders, "dead", "there is no metric a|b"}, {orders, "legend", "{{x}}: no label"}, {rule, "broken", "1:2: <bad>"}},
		Notes:    []Finding{{Place: orders, Text: "look"}},
		Errors:   []Finding{{Place{File: "v2.json"}, NotRead, "not JSON"}},
		Cases: []Case{
			{Place: Place{File: "shop.json", Board: "shop", Panel: "Fine", Query: "A"}, Took: 1500 * time.Millisecond},
			{Place: orders}, {Place: rule},
			{Place: Place{File: "shop.json", Board: "shop", Panel: "Logs", Query: "A"}, Skipped: "not Prometheus"},
		},
		Lines: []string{"a line"},
		Sum:   "3 findings",
	}
}

// TestFormats: the same report in each format.
func TestFormats(t *testing.T) {
	verbose := one()
	verbose.Verbose = true
	for name, test := range map[string]struct {
		write func(*strings.Builder) error
		want  string
	}{
		"text": {func(w *strings.Builder) error { return one().Text(w) },
			`note: shop.json: Orders (id 3), query A: look
a line
shop.json: Orders (id 3), query A: dead: there is no metric a|b
shop.json: Orders (id 3), query A: legend: {{x}}: no label
rules.yml:7: Errors: broken: 1:2: <bad>
3 findings
`},
		"markdown": {func(w *strings.Builder) error { return one().Markdown(w) },
			`### verify: 3 findings

| place | board | panel | query | what | |
|---|---|---|---|---|---|
| shop.json | shop | Orders | A | dead | there is no metric a\|b |
| shop.json | shop | Orders | A | legend | {{x}}: no label |
| rules.yml:7 | http | Errors |  | broken | 1:2: &lt;bad> |
| v2.json |  |  |  | not-read | not JSON |

3 findings
`},
		"github": {func(w *strings.Builder) error { return verbose.GitHub(w) },
			`::error file=v2.json,title=verify%3A not-read::not JSON
::error file=shop.json,title=verify%3A dead::Orders (id 3), query A: there is no metric a|b
::error file=shop.json,title=verify%3A legend::Orders (id 3), query A: {{x}}: no label
::error file=rules.yml,line=7,title=verify%3A broken::Errors: 1:2: <bad>
::notice file=shop.json,title=verify::Orders (id 3), query A: look
verify: 3 findings
`},
		"junit": {func(w *strings.Builder) error { return one().JUnit(w) },
			`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="verify" tests="5" failures="2" errors="1" skipped="1">
  <testsuite name="shop.json" tests="3" failures="1" errors="0" skipped="1">
    <testcase classname="shop" name="Fine, query A" file="shop.json" time="1.500"></testcase>
    <testcase classname="shop" name="Orders (id 3), query A" file="shop.json" time="0.000">
      <failure type="dead" message="there is no metric a|b">shop.json: Orders (id 3), query A: dead: there is no metric a|b&#xA;shop.json: Orders (id 3), query A: legend: {{x}}: no label</failure>
    </testcase>
    <testcase classname="shop" name="Logs, query A" file="shop.json" time="0.000">
      <skipped message="not Prometheus"></skipped>
    </testcase>
  </testsuite>
  <testsuite name="rules.yml" tests="1" failures="1" errors="0" skipped="0">
    <testcase classname="http" name="Errors" file="rules.yml" line="7" time="0.000">
      <failure type="broken" message="1:2: &lt;bad&gt;">rules.yml:7: Errors: broken: 1:2: &lt;bad&gt;</failure>
    </testcase>
  </testsuite>
  <testsuite name="v2.json" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="v2.json" name="v2.json" file="v2.json" time="0.000">
      <error type="not-read" message="not JSON">v2.json: not-read: not JSON</error>
    </testcase>
  </testsuite>
</testsuites>
`},
		"json": {func(w *strings.Builder) error { return JSON(w, one().Findings[2:]) },
			`[
  {
    "file": "rules.yml",
    "line": 7,
    "board": "http",
    "panel": "Errors",
    "kind": "broken",
    "text": "1:2: <bad>"
  }
]
`},
	} {
		var got strings.Builder
		if err := test.write(&got); err != nil {
			t.Error(err)
		}
		if got.String() != test.want {
			t.Errorf("%s:\n got %s\nwant %s", name, &got, test.want)
		}
	}
}

// TestEqualNotes: more than three equal notes are one line, unless every note is wanted.
func TestEqualNotes(t *testing.T) {
	var r Report
	for _, panel := range []string{"A", "B", "C", "D"} {
		r.Notes = append(r.Notes, Finding{Place: Place{File: "f", Panel: panel}, Text: "hidden"})
	}
	r.Notes = append(r.Notes, Finding{Place: Place{File: "f", Panel: "E"}, Text: "other"})
	for isVerbose, want := range map[bool]string{
		false: "note: f: A: hidden (and 3 more like this)\nnote: f: E: other\n\n",
		true:  "note: f: A: hidden\nnote: f: B: hidden\nnote: f: C: hidden\nnote: f: D: hidden\nnote: f: E: other\n\n",
	} {
		r.Verbose = isVerbose
		var got strings.Builder
		if err := r.Text(&got); err != nil || got.String() != want {
			t.Errorf("%v, got %s\nwant %s", err, &got, want)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// TestFull: an output that cannot be written is an error in each format.
func TestFull(t *testing.T) {
	for name, err := range map[string]error{
		"text": one().Text(full{}), "markdown": one().Markdown(full{}), "github": one().GitHub(full{}),
		"junit": one().JUnit(full{}), "json": JSON(full{}, 1),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestBaseline: what was recorded is known; others are findings, and so are lines for what is well again.
func TestBaseline(t *testing.T) {
	path := filepath.Join(t.TempDir(), "known.txt")
	findings := one().Findings
	var said strings.Builder
	if err := Record(path, "verify", findings[:2], &said); err != nil || said.String() != "recorded in "+path+": 2 findings\n" {
		t.Fatal(err, said.String())
	}
	text, err := os.ReadFile(path)
	if want := baselineHead("verify") + "shop | Orders (id 3) | A | dead\nshop | Orders (id 3) | A | legend\n"; err != nil || string(text) != want {
		t.Errorf("%v, recorded %s", err, text)
	}
	for _, test := range []struct {
		now        []Finding
		isComplete bool
		others     []string
		known      int
	}{
		{findings, true, []string{"rules.yml:7: Errors: broken: 1:2: <bad>"}, 2},
		{findings[:2], true, nil, 2},
		{findings[:1], true, []string{path + ": line 3: unneeded: shop | Orders (id 3) | A | legend: nothing is wrong there any more; remove the line"}, 1},
		{findings[:1], false, nil, 1}, // it may be in what was not judged
	} {
		others, known, err := Compare(path, test.now, test.isComplete)
		var got []string
		for _, f := range others {
			got = append(got, f.String())
		}
		if err != nil || known != test.known || !slices.Equal(got, test.others) {
			t.Errorf("%v, %d known, %q, want %q", err, known, got, test.others)
		}
	}
	if _, _, err := Compare(path+"x", nil, true); err == nil || !strings.Contains(err.Error(), "write it with -record") {
		t.Error(err)
	}
}

// TestMoreUnneeded: a baseline that nobody has cleaned up for long is told in a few lines.
func TestMoreUnneeded(t *testing.T) {
	others, _ := compare("known.txt", strings.Repeat("gone | a\n", maxUnneeded+5), nil)
	if last := others[len(others)-1].Text; len(others) != maxUnneeded+1 || !strings.HasPrefix(last, "5 more lines") {
		t.Errorf("%d findings, the last: %s", len(others), last)
	}
}
