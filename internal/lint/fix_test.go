package lint

import (
	"path/filepath"
	"strings"
	"testing"

	"gaugewright/internal/grafana"
)

// look lints files as a case's own run does.
func (c *corpus) look(t testing.TB) func([]Source) *Result {
	return func(now []Source) *Result { return c.lint(t, corpusCase{c.rule, "fix", now}) }
}

// TestFix: of each bad case only the bytes change that the findings name, the rest of the file stays, a second run changes
// nothing, and the finding is gone. Each rule that says it fixes does so in some case.
func TestFix(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	mended := map[string]int{}
	for _, path := range paths {
		c := readCorpus(t, path)
		for _, one := range c.cases {
			changed := Fix(one.files, c.look(t))
			if len(changed) > 0 && !one.isBad() {
				t.Errorf("%s: %s is good, and changed", path, one.name)
			}
			after := replaced(one.files, changed)
			if again := Fix(after, c.look(t)); len(again) > 0 {
				t.Errorf("%s: %s: a second run changes it again", path, one.name)
			}
			for _, s := range one.files {
				if data, ok := changed[s.Path]; ok {
					mended[c.rule]++
					checkOnly(t, path+": "+one.name, s.Data, data)
					if left := c.look(t)(after).Findings; len(left) > 0 && c.rule != "unit" {
						t.Errorf("%s: %s: still %s: %s", path, one.name, left[0].Rule, left[0].Text)
					}
				}
			}
		}
	}
	for _, rule := range Rules {
		if rule.Fixes != (mended[rule.Name] > 0) {
			t.Errorf("%s: that it fixes is %v, and it fixed %d cases", rule.Name, rule.Fixes, mended[rule.Name])
		}
	}
}

func replaced(files []Source, changed map[string][]byte) []Source {
	var all []Source
	for _, s := range files {
		if data, ok := changed[s.Path]; ok {
			s.Data = data
		}
		all = append(all, s)
	}
	return all
}

// checkOnly checks that a mended file has the old one's values but for a few: those of units, queries, legends and steps.
func checkOnly(t *testing.T, name string, before, after []byte) {
	t.Helper()
	was, errs := grafana.Documents(before)
	is, more := grafana.Documents(after)
	if len(errs)+len(more) > 0 || len(was) != len(is) {
		t.Fatalf("%s: the file does not read any more: %v", name, more)
	}
	for i := range was {
		sameBut(t, name, was[i], is[i])
	}
	if start, end := common(before, after); strings.Count(string(after[start:len(after)-end]), "\n") > 60 {
		t.Errorf("%s: much of the file is other", name)
	}
}

// common returns how many bytes two texts share at the beginning and at the end.
func common(a, b []byte) (start, end int) {
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	return start, end
}

// mendable are the names of the values that -fix changes.
var mendable = map[string]bool{"unit": true, "expr": true, "legendFormat": true, "format": true, "value": true, "color": true}

func sameBut(t *testing.T, name string, a, b *grafana.Node) {
	t.Helper()
	if a.Kind() != b.Kind() || len(a.List()) != len(b.List()) || len(a.Members()) != len(b.Members()) {
		t.Errorf("%s: %s is of another form", name, a.Path())
		return
	}
	for i := range a.List() {
		sameBut(t, name, a.List()[i], b.List()[i])
	}
	for i, m := range a.Members() {
		other := b.Members()[i]
		if m.Name != other.Name {
			t.Errorf("%s: %s is now %s", name, m.Name, other.Name)
		}
		if !mendable[m.Name] || m.Value.IsObject() {
			sameBut(t, name, m.Value, other.Value)
		}
	}
	if a.Kind() != grafana.List && a.Kind() != grafana.Object && a.Text() != b.Text() {
		t.Errorf("%s: %s was %q and is %q", name, a.Path(), a.Text(), b.Text())
	}
}

// TestFixBytes: a query's piece is written in the syntax of its file: escaped in JSON, plain or quoted in YAML.
func TestFixBytes(t *testing.T) {
	for _, test := range []struct{ name, before, after string }{
		{"JSON with escapes",
			`{"uid":"a","title":"é\u00e9","panels":[{"id":1,"type":"stat","title":"\"x\"","targets":[{"refId":"A","expr":"x{a=\"\\u00e9\",quantile=\"1\"}\n > 0"}]}], "schemaVersion" : 1 }`,
			`{"uid":"a","title":"é\u00e9","panels":[{"id":1,"type":"stat","title":"\"x\"","targets":[{"refId":"A","expr":"x{a=\"\\u00e9\",quantile=~\"1|1.0\"}\n > 0"}]}], "schemaVersion" : 1 }`},
		{"a pair of escapes before it",
			`{"panels":[{"id":1,"type":"stat","targets":[{"refId":"A","expr":"x{a=\"\ud83d\ude00\\n\",quantile=\"1\"}"}]}]}`,
			`{"panels":[{"id":1,"type":"stat","targets":[{"refId":"A","expr":"x{a=\"\ud83d\ude00\\n\",quantile=~\"1|1.0\"}"}]}]}`},
		{"plain YAML",
			"panels: # boards\n- {id: 1, type: stat, targets: [{refId: A, expr: 'x{quantile=\"1\"}'}]}\n",
			"panels: # boards\n- {id: 1, type: stat, targets: [{refId: A, expr: 'x{quantile=~\"1|1.0\"}'}]}\n"},
		{"a block of YAML",
			"panels:\n- id: 1\n  type: stat\n  targets:\n  - refId: A\n    expr: |-\n      x{quantile=\"1\"}\n",
			"panels:\n- id: 1\n  type: stat\n  targets:\n  - refId: A\n    expr: |-\n      x{quantile=~\"1|1.0\"}\n"},
		{"a rule file",
			"groups:\n- name: a\n  rules:\n  - record: a:x:max\n    expr: max by (a) (x{le=\"5\"}) # largest\n",
			"groups:\n- name: a\n  rules:\n  - record: a:x:max\n    expr: max by (a) (x{le=~\"5|5.0\"}) # largest\n"},
	} {
		s := []Source{{Path: "a", Data: []byte(test.before)}}
		got, ok := Fix(s, func(now []Source) *Result { return Lint(Read(now), NewMetrics()) })["a"]
		if !ok || string(got) != test.after {
			t.Errorf("%s: %v\n%s", test.name, ok, got)
		}
	}
}
