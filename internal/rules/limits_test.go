package rules

import (
	"strings"
	"testing"
	"time"
)

// TestLimits: what is over a limit is told with the limit, and what is beside it in the file is read.
func TestLimits(t *testing.T) {
	const begin, beside = "groups: [{name: g, rules: [", "]}]\n---\ngroups: [{name: h, rules: [{record: a, expr: up}]}]\n"
	for name, test := range map[string]struct{ rules, says string }{
		"rules":       {strings.Repeat("{record: a, expr: up}, ", maxRules+1), "line 1: with these, more than 10000 rules, the limit of a file: they are not read"},
		"labels":      {"{record: a, expr: up, labels: {" + strings.Join(names(maxTexts+1), ": a, ") + ": a}}", "more than 200 labels and annotations, the limit"},
		"a template":  {"{alert: a, expr: up, annotations: {b: '{{1}}" + strings.Repeat("a", maxTemplate) + "'}}", "b: a text of more than 64 KiB, the limit in a template"},
		"a long text": {"{alert: a, expr: up, annotations: {b: '" + strings.Repeat("a", maxTemplate+1) + "'}}", ""},
		"an expression": {"{record: a, expr: up" + strings.Repeat(" + up", 20_000) + "}",
			"the query has 100002 bytes; at most 65536 are read"},
		"operators": {"{record: a, expr: up" + strings.Repeat(" + up", 3000) + "}", "more than 2048 operators and brackets"},
	} {
		file, err := Parse([]byte(begin + test.rules + beside))
		if test.says == "" {
			if err != nil || len(file.Groups) != 2 {
				t.Errorf("%s: %d groups, %v", name, len(file.Groups), err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), test.says) || len(file.Groups) != 1 || file.Groups[0].Name != "h" {
			t.Errorf("%s: %d groups, %.300v", name, len(file.Groups), err)
		}
	}
}

func names(count int) (all []string) {
	for i := range count {
		all = append(all, "l"+strings.Repeat("x", i))
	}
	return all
}

// TestTemplatesThatCall: templates that call each other many times are followed up to a limit. Without it, this takes years.
func TestTemplatesThatCall(t *testing.T) {
	template := `{{define "x"}}` + strings.Repeat(`{{template "x"}}`, 3000) + `{{end}}{{template "x"}}{{$labels.a}}`
	r := Rule{texts: []text{{text: template}}}
	r.Alert = "a"
	began := time.Now()
	r.LostLabels(func(string) bool { return false })
	t.Log(time.Since(began))
}
