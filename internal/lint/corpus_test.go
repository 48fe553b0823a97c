package lint

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"gaugewright/internal/scrape"
)

var update = flag.Bool("update", false, "write the expected findings")

// A case is a txtar file of a rule: testdata/RULE.txtar. Its files are
//
//	page            a page of metrics
//	interval        the scrape interval, such as 15s
//	server          the version of Prometheus
//	bad-X, good-X   one board, or one rule file, or a query with its panel around it
//	want            what all rules say of the bad ones: made by go test ./internal/lint -run Corpus -update
//
// Files bad-X/NAME are linted together. A query is written with the panel's fields above it, and an empty line between:
//
//	unit: bytes
//	legend: {{instance}}
//
//	rate(x[5m])
//
// Everything else of its panel and board is as it should be.

// corpusCase is one bad or good thing, of one file or several.
type corpusCase struct {
	rule, name string
	files      []Source
}

func (c corpusCase) isBad() bool { return strings.HasPrefix(c.name, "bad") }

// corpus is what a txtar file has.
type corpus struct {
	path, rule string
	archive    *txtar.Archive
	cases      []corpusCase
	page       string
	interval   time.Duration
	server     Version
	want       string
}

func readCorpus(t testing.TB, path string) *corpus {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c := &corpus{path: path, rule: strings.TrimSuffix(filepath.Base(path), ".txtar"), archive: archive}
	for _, file := range archive.Files {
		switch name, within, isSet := strings.Cut(file.Name, "/"); {
		case name == "page":
			c.page = string(file.Data)
		case name == "interval":
			c.interval, err = time.ParseDuration(strings.TrimSpace(string(file.Data)))
		case name == "server":
			c.server, err = ParseVersion(strings.TrimSpace(string(file.Data)))
		case name == "want":
			c.want = string(file.Data)
		case isSet && len(c.cases) > 0 && c.cases[len(c.cases)-1].name == name:
			last := &c.cases[len(c.cases)-1]
			last.files = append(last.files, Source{Path: within, Data: file.Data})
		case isSet:
			c.cases = append(c.cases, corpusCase{c.rule, name, []Source{{Path: within, Data: file.Data}}})
		default:
			c.cases = append(c.cases, corpusCase{c.rule, name, []Source{{Path: name, Data: boardOf(t, file.Data)}}})
		}
		if err != nil {
			t.Fatal(path, ": ", err)
		}
	}
	return c
}

// lint runs all rules over a case.
func (c *corpus) lint(t testing.TB, one corpusCase) *Result {
	t.Helper()
	files := Read(one.files)
	for _, f := range files.Unread {
		t.Errorf("%s: %s: %s", c.path, one.name, f)
	}
	files.Interval, files.Server = c.interval, c.server
	m := NewMetrics()
	if c.page != "" {
		families, err := scrape.Read(strings.NewReader(c.page), "text/plain")
		if err != nil {
			t.Fatal(c.path, ": ", err)
		}
		m.AddPages(families)
	}
	return Lint(files, m)
}

// TestCorpus: each rule finds what is bad in its cases, no other rule finds anything in them, and none finds anything in
// what is good. The score stands in the README.
func TestCorpus(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	defects, twins, caught := 0, 0, 0
	for _, path := range paths {
		c := readCorpus(t, path)
		named[c.rule] = true
		if !IsKnown(c.rule) {
			t.Errorf("%s: there is no rule of that name", path)
		}
		var got strings.Builder
		for _, one := range c.cases {
			said := c.lint(t, one).Findings
			if !one.isBad() {
				twins++
				for _, f := range said {
					t.Errorf("%s: %s is good: %s: %s", path, one.name, f.Rule, f.Text)
				}
				continue
			}
			defects++
			isCaught := len(said) > 0
			for _, f := range said {
				if isCaught = isCaught && f.Rule == c.rule; f.Rule != c.rule {
					t.Errorf("%s: %s is found by the wrong rule: %s: %s", path, one.name, f.Rule, f.Text)
				}
				fmt.Fprintf(&got, "%s: %s", one.name, Text(f))
			}
			if len(said) == 0 {
				t.Errorf("%s: %s is not found", path, one.name)
			}
			if isCaught {
				caught++
			}
		}
		c.compare(t, got.String())
	}
	for _, rule := range Rules {
		if !named[rule.Name] {
			t.Errorf("the rule %s has no testdata/%s.txtar", rule.Name, rule.Name)
		}
	}
	t.Logf("score: %d of %d defects caught by their rule and no other; %d clean twins", caught, defects, twins)
	readme, err := os.ReadFile("../../README.md")
	if score := fmt.Sprintf("Of a corpus of %d defects, each", defects); err != nil || !strings.Contains(string(readme), score) ||
		!strings.Contains(string(readme), fmt.Sprintf("their %d clean", twins)) {
		t.Errorf("README.md has another score (%v): %s; %d clean twins", err, score, twins)
	}
}

func (c *corpus) compare(t *testing.T, got string) {
	t.Helper()
	if got == c.want {
		return
	}
	if !*update {
		t.Errorf("%s: the findings are not those expected:\n%s", c.path, got)
		return
	}
	c.archive.Files = slices.DeleteFunc(c.archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	c.archive.Files = append(c.archive.Files, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(c.path, txtar.Format(c.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// boardOf returns a file as it is, or the board around a query.
func boardOf(t testing.TB, data []byte) []byte {
	t.Helper()
	text := strings.TrimSpace(string(data))
	if strings.HasPrefix(text, "{") || bytes.Contains(data, []byte("groups:\n")) || bytes.Contains(data, []byte("panels:\n")) ||
		strings.HasPrefix(text, "apiVersion:") {
		return data
	}
	fields, expr, ok := strings.Cut(text, "\n\n")
	if !ok {
		fields, expr = "", text
	}
	set := map[string]string{}
	for line := range strings.Lines(fields) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		set[key] = strings.TrimSpace(value)
	}
	return []byte(jsonText(t, aroundQuery(set, strings.Split(expr, "\n---\n"))))
}

func jsonText(t testing.TB, value any) string {
	t.Helper()
	out, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// aroundQuery is a board with one panel of these queries. Fields that are JSON are taken as such, such as thresholds,
// overrides, transformations, options and variables.
func aroundQuery(set map[string]string, exprs []string) map[string]any {
	source := map[string]any{"type": "prometheus", "uid": "${source}"}
	field := map[string]any{}
	panel := map[string]any{
		"id": 1, "title": "Panel", "description": "What it shows.", "type": "timeseries", "datasource": source,
		"gridPos": map[string]any{"x": 0, "y": 0, "w": 24, "h": 8},
	}
	board := map[string]any{
		"uid": "board", "title": "Board", "schemaVersion": 41, "editable": false, "tags": []string{"test"},
		"time": map[string]any{"from": "now-1h", "to": "now"}, "refresh": "1m",
	}
	variables := []any{map[string]any{"type": "datasource", "name": "source", "query": "prometheus"}}
	target := map[string]any{}
	overrides := any([]any{})
	for key, value := range set {
		switch key {
		case "unit", "min", "max", "decimals", "noValue", "displayName", "mappings":
			field[key] = jsonOf(value)
		case "thresholds":
			field[key] = map[string]any{"mode": "absolute", "steps": jsonOf(value)}
		case "custom":
			field[key] = jsonOf(value)
		case "overrides":
			overrides = jsonOf(value)
		case "legend":
			target["legendFormat"] = value
		case "format", "instant", "interval":
			target[key] = jsonOf(value)
		case "variables":
			variables = append(variables, jsonOf(value).([]any)...)
		case "board":
			maps.Copy(board, jsonOf(value).(map[string]any))
		case "panel":
			maps.Copy(panel, jsonOf(value).(map[string]any))
		default:
			panel[key] = jsonOf(value)
		}
	}
	var targets []any
	for i, expr := range exprs {
		one := maps.Clone(target)
		one["refId"], one["expr"] = string(rune('A'+i)), expr
		targets = append(targets, one)
	}
	panel["targets"] = targets
	panel["fieldConfig"] = map[string]any{"defaults": field, "overrides": overrides}
	if board["panels"] == nil {
		board["panels"] = []any{panel}
	}
	board["templating"] = map[string]any{"list": variables}
	return board
}

// jsonOf reads a value as JSON, or takes it as a text.
func jsonOf(text string) any {
	var value any
	if err := json.Unmarshal([]byte(text), &value); err == nil {
		return value
	}
	return text
}
