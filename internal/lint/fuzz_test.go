package lint

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fuzzed lints bytes as a file, with a page of metrics, and mends them: nothing may panic, and a mended file is mended.
func fuzzed(t *testing.T, data []byte) {
	look := func(now []Source) *Result {
		m := NewMetrics()
		m.IsComplete = true
		return Lint(Read(now), m)
	}
	s := []Source{{Path: "fuzz", Data: data, IsNamed: true}}
	for _, f := range look(s).Findings {
		Text(f)
	}
	changed := Fix(s, look)
	if len(changed) == 0 {
		return
	}
	if again := Fix(replaced(s, changed), look); len(again) > 0 {
		t.Errorf("a second run changes it again:\n%s\n%s", changed["fuzz"], again["fuzz"])
	}
}

func FuzzFile(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		for _, one := range readCorpus(f, path).cases {
			f.Add(one.files[0].Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, data) })
}

// FuzzQuery: any text as the query of a panel.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{
		"up", `rate(x_total[1m])`, `sum by ($a) (x{le="1"}) / on (b) group_left y or vector(0)`, `histogram_quantile(9, rate(x_bucket[$__interval]))`,
		`(((`, `x[1h:1m] @ end() offset $o`, "a\n# b\n+ ${c:regex}", `100 - avg(rate(a_total[5m]) / rate(b_total[5m])) * 100`, `-x ^ 2`, `{__name__=~"a.*"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fuzzed(t, []byte(fmt.Sprintf(`{"uid":"a","schemaVersion":1,"panels":[{"id":1,"type":"timeseries","fieldConfig":{"defaults":{"unit":"percentunit"}},`+
			`"targets":[{"refId":"A","expr":%q,"legendFormat":"{{a}}"}]}]}`, text)))
	})
}

// FuzzExceptions: any text as a file of exceptions.
func FuzzExceptions(f *testing.F) {
	f.Add("a | b | unit because it is so")
	f.Add("# none\n* | * because")
	f.Add("\x98 | * because it is not UTF-8")
	f.Fuzz(func(t *testing.T, text string) {
		if e, err := ParseExceptions("exceptions", text); err == nil {
			e.Apply(&Result{Findings: []Finding{{Rule: "unit"}}}, true)
		}
	})
}

// TestManyExceptions: a file of more exceptions than can be held against each finding is refused.
func TestManyExceptions(t *testing.T) {
	if _, err := ParseExceptions("exceptions", strings.Repeat("a | unit because so\n", maxExceptions+1)); err == nil || !strings.Contains(err.Error(), "exceptions:10001: more than") {
		t.Error(err)
	}
}

// TestLargeAndDeep: a large board and a deep one end soon. The limits of time are far above what they take.
func TestLargeAndDeep(t *testing.T) {
	panel := `{"id":1,"type":"timeseries","title":"a","description":"` + strings.Repeat("why ", 1000) + `","gridPos":{"x":0,"y":0,"w":1,"h":1},"targets":[{"refId":"A","expr":"sum(rate(x_total{a=\"$b\"}[1m]))"}]},`
	deep := strings.Repeat(`{"a":[`, 5000) + strings.Repeat(`]}`, 5000)
	nested := strings.Repeat("sum(", 1500) + "x" + strings.Repeat(")", 1500)
	sum := "x" + strings.Repeat(" + x", 1500)
	for name, text := range map[string]string{
		"5 MB of panels":   `{"uid":"a","schemaVersion":1,"panels":[` + strings.Repeat(panel, 5<<20/len(panel)) + panel[:len(panel)-1] + `]}`,
		"5 MB of one text": `{"uid":"a","title":"` + strings.Repeat("a$b[[c]]", 5<<20/8) + `","schemaVersion":1,"panels":[` + panel[:len(panel)-1] + `]}`,
		"deep":             `{"uid":"a","schemaVersion":1,"panels":[` + deep + `]}`,
		"a deep query":     fmt.Sprintf(`{"uid":"a","schemaVersion":1,"panels":[{"id":1,"type":"stat","targets":[{"refId":"A","expr":%q}]}]}`, nested),
		"a long query":     fmt.Sprintf(`{"uid":"a","schemaVersion":1,"panels":[{"id":1,"type":"stat","targets":[{"refId":"A","expr":%q}]}]}`, sum),
	} {
		done := make(chan bool)
		go func() {
			fuzzed(t, []byte(text))
			close(done)
		}()
		select {
		case <-done:
		case <-time.After(2 * time.Minute):
			t.Fatal(name, " does not end")
		}
	}
}
