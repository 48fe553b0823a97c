package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestLimits: what is over a limit is told with the limit, and what is beside it in the file is read.
func TestLimits(t *testing.T) {
	const begin, beside = "groups: [{name: g, rules: [", ", {record: b, expr: up}]}]\n---\ngroups: [{name: h, rules: [{record: a, expr: up}]}]\n"
	for name, test := range map[string]struct {
		rules, says string
		reads       []string
	}{
		"rules":       {strings.Repeat("{record: a, expr: up}, ", maxRules) + "{record: c, expr: up}", "line 1: with these, more than 10000 rules, the limit of a file: they are not read", []string{"h a"}},
		"labels":      {"{record: a, expr: up, labels: {" + strings.Join(names(maxTexts+1), ": a, ") + ": a}}", "more than 200 labels and annotations, the limit", []string{"g b", "h a"}},
		"a template":  {"{alert: a, expr: up, annotations: {b: '{{1}}" + strings.Repeat("a", maxTemplate) + "'}}", "b: a text of more than 64 KiB, the limit in a template", []string{"g b", "h a"}},
		"a long text": {"{alert: a, expr: up, annotations: {b: '" + strings.Repeat("a", maxTemplate+1) + "'}}", "", nil},
		"an expression": {"{record: a, expr: up" + strings.Repeat(" + up", 20_000) + "}",
			"line 1: record a is not read: 1:1: the query has 100002 bytes, more than 65536, the limit of a query", []string{"g b", "h a"}},
		"operators": {"{record: a, expr: up" + strings.Repeat(" + up", 3000) + "}", "more than 2048 operators and brackets", []string{"g b", "h a"}},
		"keys":      {"{record: a, expr: up, labels: {" + strings.Join(names(2001), ": a, ") + ": a}}", "line 1: more than 2000 keys, the limit of an object", nil},
		"labels of the group": {"{record: a, expr: up}], labels: {" + strings.Join(names(maxTexts+1), ": a, ") + ": a}}, {name: i, rules: [{record: c, expr: up}",
			"line 1: record a is not read: more than 200 labels", []string{"i c", "i b", "h a"}},
	} {
		file, err := Parse([]byte(begin + test.rules + beside))
		if test.says == "" {
			if err != nil || len(file.Groups) != 2 {
				t.Errorf("%s: %d groups, %v", name, len(file.Groups), err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), test.says) || !errors.Is(err, ErrLimit) {
			t.Errorf("%s: %.300v", name, err)
		}
		var read []string
		for _, group := range file.Groups {
			for _, rule := range group.Rules {
				read = append(read, group.Name+" "+rule.Name())
			}
		}
		if !slices.Equal(read, test.reads) {
			t.Errorf("%s: read %q", name, read)
		}
	}
}

func names(count int) (all []string) {
	for i := range count {
		all = append(all, fmt.Sprint("l", i))
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
