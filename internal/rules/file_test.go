package rules

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"
)

// refused is a file that Parse refuses, and its error.
type refused struct {
	rules, want string
	ours        bool // promtool accepts it
}

// ruleFile returns a rule file of one group with one rule, made of the given lines.
func ruleFile(lines ...string) string {
	return "groups:\n  - name: g\n    rules:\n      - " + strings.Join(lines, "\n        ") + "\n"
}

var brokenFiles = []refused{
	{rules: "groups: 3\n", want: "line 1: cannot unmarshal !!int `3`"},
	{rules: "groups: [\n", want: "line 1: did not find expected node content"},
	{rules: "group: []\n", want: "line 1: unknown field group"},
	{rules: "groups:\n  - {name: g}\n  - {name: g}\n", want: "group g: the name exists twice"},
	{rules: "groups:\n  - {rules: []}\n", want: "line 2: the group has no name"},
	{rules: "groups:\n  - rules:\n      -", want: "line 2: the group has no name"},
	{rules: "groups:\n  - {name: g, labels: {__name__: x}}\n",
		want: "line 2: group g: invalid label name: __name__"},
	{rules: "groups:\n  - {name: g, interval: soon}\n", want: `line 2: not a valid duration string: "soon"`},
	{rules: ruleFile("alert: A", "expr: up", "sevrity: page"), want: "line 6: unknown field sevrity"},
	{rules: ruleFile("expr: up"), want: "line 4: rule: one of 'record' or 'alert' must be set"},
	{rules: ruleFile("alert: A", "record: r", "expr: up"), want: "line 4: alert A: only one of 'record' and 'alert' must be set"},
	{rules: ruleFile("alert: A"), want: "line 4: alert A: field 'expr' must be set in rule"},
	{rules: ruleFile("alert: A", "expr: up =="), want: "line 4: alert A: could not parse expression: 1:6: parse error: unexpected end of input"},
	{rules: ruleFile("alert: A", "expr: up[5m]"), want: "line 4: alert A: up[5m] returns a range vector: a rule needs a vector or a scalar", ours: true},
	{rules: ruleFile("record: 'a{b}'", "expr: up"), want: "line 4: record a{b}: braces present in the recording rule name"},
	{rules: ruleFile("record: r", "expr: up", "for: 1m"), want: "line 4: record r: invalid field 'for' in recording rule"},
	{rules: ruleFile("record: r", "expr: up", "keep_firing_for: 1m"), want: "invalid field 'keep_firing_for' in recording rule"},
	{rules: ruleFile("record: r", "expr: up", "annotations: {a: b}"), want: "invalid field 'annotations' in recording rule"},
	{rules: ruleFile("alert: A", "expr: up", "labels: {__name__: b}"),
		want: "line 4: alert A: invalid label name: __name__"},
	{rules: ruleFile("alert: A", "expr: up", "labels: {a: '{{ $labels'}"),
		want: `label "a": template: __alert_A:1: unclosed action`},
	{rules: ruleFile("alert: A", "expr: up", "annotations: {a: '{{ .X | nothing }}'}"),
		want: `function "nothing" not defined`},
}

func TestParseRefuses(t *testing.T) {
	for _, test := range brokenFiles {
		if _, err := Parse([]byte(test.rules)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s\n got %v\nwant %s", test.rules, err, test.want)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	if _, err := Load("testdata/none.yml"); !os.IsNotExist(err) {
		t.Error(err)
	}
}

// TestParseTellsAll: one error lists all mistakes.
func TestParseTellsAll(t *testing.T) {
	text := ruleFile("alert: A", "expr: up ==", "labels: {b: '{{', a: '{{'}", "annotations: {c: '{{'}") +
		"      - record: r\n        expr: 1 +\n        for: 1m\n"
	_, err := Parse([]byte(text))
	if err == nil || strings.Count(err.Error(), "\n") != 5 {
		t.Errorf("want six lines: %v", err)
	}
}

func TestParse(t *testing.T) {
	file, err := Load("ruletest/testdata/features.rules.yml")
	if err != nil {
		t.Fatal(err)
	}
	down := file.Groups[0].Rules[0]
	if down.Name() != "Down" || time.Duration(down.For) != 5*time.Minute || down.Line != 6 ||
		file.Groups[1].Rules[0].Name() != "job:up:count" {
		t.Errorf("%+v", file)
	}
	if empty, err := Parse(nil); err != nil || len(empty.Groups) != 0 {
		t.Errorf("an empty file: %+v, %v", empty, err)
	}
}

// lineEnd is what YAML takes for the end of a line.
var lineEnd = regexp.MustCompile("\r\n|[\r\n\u0085\u2028\u2029]")

// FuzzParse: an accepted file has its rules within its lines; each group can be written and read again, and be
// evaluated.
func FuzzParse(f *testing.F) {
	for _, test := range brokenFiles {
		f.Add([]byte(test.rules))
	}
	f.Add([]byte("groups: [{name: g, interval: 1m, limit: 2, query_offset: 3s, rules: [{record: r, expr: up}]}]"))
	f.Add([]byte(ruleFile("alert: A", "expr: up == 0", "for: 1h2m", "labels: {a: '{{ $value }}'}", "annotations: {b: c}")))
	f.Add([]byte("kind: List\nitems: &a [{kind: List, items: *a}, &b {kind: PrometheusRule, spec: {<<: *b}}]"))
	for _, archive := range archives(f) {
		f.Add(archive.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		file, err := Parse(text)
		if err != nil {
			return
		}
		Doubts(file)
		last := 1 + len(lineEnd.FindAll(text, -1))
		for _, group := range file.Groups {
			for _, rule := range group.Rules {
				if rule.Line < 1 || rule.Line > last {
					t.Errorf("line %d of %d", rule.Line, last)
				}
			}
			written, err := yaml.Marshal(File{Groups: []Group{group}})
			if err != nil {
				t.Fatal(err)
			}
			if yaml.Unmarshal(written, new(yaml.Node)) != nil {
				continue // yaml.v3 cannot read back every text that it writes: one of line ends before spaces
			}
			if _, err := Parse(written); err != nil {
				t.Fatalf("%v\n%s", err, written)
			}
		}
		if _, err := NewRunner(nil, file.Groups, External{}); err != nil {
			t.Fatal(err)
		}
	})
}
