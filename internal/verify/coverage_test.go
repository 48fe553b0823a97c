package verify

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/grafana"
	"gaugewright/internal/report"
	"gaugewright/internal/source"
)

// trial tries one thing that boards have. The boards are JSON.
type trial struct {
	living  string // uses it rightly
	mistake string // has a mistake in it, which is a finding if it is judged
	effect  string // differs in something else that is a finding only if the thing is read
	names   string // what a note says that names it; the thing's name by default
	kind    report.Kind
}

// word says what becomes of a thing. It is an error if that is nothing, silently.
func (tr trial) word(t *testing.T, name string) string {
	t.Helper()
	living := judgedBoard(t, tr.living)
	if len(living.Findings) > 0 || len(living.Errors) > 0 || len(living.Queries) == 0 {
		t.Errorf("%s: a living board has findings: %v %v\n%s", name, living.Findings, living.Errors, tr.living)
	}
	isFound := func(board string) bool {
		return board != "" && slices.ContainsFunc(judgedBoard(t, board).Findings, func(f report.Finding) bool {
			return tr.kind == "" || f.Kind == tr.kind || board == tr.effect
		})
	}
	names := tr.names
	if names == "" {
		names = name
	}
	switch {
	case isFound(tr.mistake):
		return "judged"
	case isFound(tr.effect):
		return "read"
	case slices.ContainsFunc(living.Notes, func(f report.Finding) bool { return strings.Contains(f.String(), names) }):
		return "not judged"
	case slices.Contains(without, name):
		return "without effect"
	}
	t.Errorf("%s: silently not judged\n%s\n%v", name, tr.living, living.Notes)
	return ""
}

// without are the options that change no result of a query.
var without = []string{"hideTimeOverride", "cacheTimeout", "queryCachingTTL"}

// TestCoverage tries each thing that Grafana's boards have, and holds the README's table against what happens.
func TestCoverage(t *testing.T) {
	lists, err := os.ReadFile("testdata/grafana.txt")
	if err != nil {
		t.Fatal(err)
	}
	table := "| | a mistake in it is a finding | read | not judged, which a note says |\n|---|---|---|---|\n"
	for line := range strings.Lines(string(lists)) {
		kind, names, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if strings.HasPrefix(line, "#") || !ok {
			continue
		}
		words := map[string][]string{}
		for _, name := range strings.Fields(names) {
			tr, ok := trials[kind](name)
			if !ok {
				t.Errorf("%s: %s is not tried", kind, name)
				continue
			}
			word := tr.word(t, name)
			words[word] = append(words[word], name)
		}
		if free := words["without effect"]; free != nil {
			words["read"] = append(words["read"], "without effect on results: "+strings.Join(free, ", "))
		}
		table += fmt.Sprintf("| %s | %s | %s | %s |\n", kind, strings.Join(words["judged"], ", "),
			strings.Join(words["read"], ", "), strings.Join(words["not judged"], ", "))
	}
	const begin, end = "<!-- made by go test ./internal/verify -run Coverage -update -->\n", "<!-- end -->"
	path := filepath.Join(root, "README.md")
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(readme), begin)
	_, after, isEnded := strings.Cut(rest, end)
	if !ok || !isEnded {
		t.Fatalf("README.md has no place for the table: %s", begin)
	}
	compareGolden(t, path, before+begin+table+end+after)
}

// shopEngine has ten minutes of three series, at ten seconds.
func shopEngine(t testing.TB) (source.Memory, time.Time) {
	t.Helper()
	end := time.Now().Truncate(10 * time.Second)
	var all []engine.Series
	for i, labels := range []map[string]string{
		{"__name__": "shop_orders_total", "job": "shop", "code": "200"},
		{"__name__": "shop_orders_total", "job": "shop", "code": "500"},
		{"__name__": "shop_open_seconds", "job": "shop"},
	} {
		s := engine.Series{Labels: labels}
		for ago := 10 * time.Minute; ago >= 0; ago -= 10 * time.Second {
			s.Samples = append(s.Samples, engine.Sample{T: end.Add(-ago), V: float64(i+1) * (10*time.Minute - ago).Seconds()})
		}
		all = append(all, s)
	}
	e, err := engine.New(all)
	if err != nil {
		t.Fatal(err)
	}
	return source.Memory{Engine: e}, end
}

// judgedBoard judges a board over the shop's series.
func judgedBoard(t testing.TB, text string) *Report {
	t.Helper()
	boards, errs := grafana.ReadAll([]byte(text))
	if errs != nil {
		t.Fatal(text, errs)
	}
	r, err := judgedBoards(t, boards)
	if err != nil {
		t.Fatal(text, err)
	}
	return r
}

func judgedBoards(t testing.TB, boards []grafana.Board) (*Report, error) {
	t.Helper()
	f := Files{Interval: 10 * time.Second}
	for _, b := range boards {
		f.Boards = append(f.Boards, Board{Path: "b", Board: b})
	}
	s, end := shopEngine(t)
	return Judge(t.Context(), s, f, Options{End: end}, &report.Progress{})
}
