package rules

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/prometheus/prometheus/model/rulefmt"
)

// templatesRead are templates, and the labels that they read in vain where the alert's result has only the label job.
var templatesRead = []struct{ template, want string }{
	{`{{ $labels.job }} is slow`, ``},
	{`{{ $labels.path }} is slow`, `{{ $labels.path }}`},
	{`{{$labels.path}}`, `{{ $labels.path }}`},
	{`{{ .Labels.path | toUpper }}`, `{{ .Labels.path }}`},
	{`{{ $.Labels.path }}`, `{{ $.Labels.path }}`},
	{`{{ index $labels "path" }}`, `{{ index $labels "path" }}`},
	{`{{ index .Labels "path" | urlquery }}`, `{{ index .Labels "path" }}`},
	{`{{ (index $labels "path") }}`, `{{ index $labels "path" }}`},
	{`{{ printf "%s %s" $labels.job $labels.path }}`, `{{ $labels.path }}`},
	{`{{ ($labels).path }}`, `{{ ($labels).path }}`},
	{`{{ $labels.path }} {{ .Labels.code }}`, `{{ $labels.path }}, {{ .Labels.code }}`},

	// Below if, range and with.
	{`{{ if gt $value 5.0 }}{{ $labels.path }}{{ else }}{{ $labels.code }}{{ end }}`,
		`{{ $labels.path }}, {{ $labels.code }}`},
	{`{{ if eq $labels.path "/pay" }}money{{ end }}`, `{{ $labels.path }}`},
	{`{{ with $labels }}{{ .job }} {{ .path }}{{ end }}`, `{{ .path }}`},
	{`{{ with $l := .Labels }}{{ $l.path }}{{ end }}`, `{{ $l.path }}`},
	{`{{ range query "up" }}{{ $labels.path }}{{ end }}`, `{{ $labels.path }}`},
	{`{{ $l := $labels }}{{ $l.path }}`, `{{ $l.path }}`},
	{`{{ define "at" }}{{ .path }}{{ end }}{{ template "at" $labels }}`, `{{ .path }}`},

	// Labels of other series: those of a query, and the server's own.
	{`{{ range query "up" }}{{ .Labels.path }}{{ end }}`, ``},
	{`{{ with query "up" }}{{ . | first | label "path" }}{{ (. | first).Labels.path }}{{ end }}`, ``},
	{`{{ range $i, $one := query "up" }}{{ $one.Labels.path }}{{ end }}`, ``},
	{`{{ $externalLabels.path }} {{ .ExternalLabels.path }}`, ``},
	{`{{ $l := $labels }}{{ range query "up" }}{{ $l = .Labels }}{{ end }}{{ $l.path }}`, ``},

	// The template asks whether the label is there.
	{`{{ if $labels.path }}at {{ $labels.path }}{{ end }}`, ``},
	{`{{ with $labels.path }}at {{ . }}{{ end }}`, ``},
	{`{{ if index $labels "path" }}at {{ $labels.path }}{{ end }}`, ``},
	{`{{ if and $labels.path (gt $value 1.0) }}at {{ $labels.path }}{{ end }}`, ``},
	{`{{ or $labels.path "any path" }}`, ``},

	// What is read cannot be told.
	{`{{ $name := "path" }}{{ index $labels $name }}`, ``},
	{`{{ range $name, $text := $labels }}{{ $name }}={{ $text.path }}{{ end }}`, ``},
	{`{{ define "self" }}{{ template "self" . }}{{ end }}{{ template "self" . }}`, ``},
	{`$labels.path`, ``},
}

// TestLostLabels: the alert's result has the label job, and no path.
func TestLostLabels(t *testing.T) {
	for _, test := range templatesRead {
		file, err := Parse([]byte(ruleFile("alert: A", "expr: up", "annotations: {a: '"+test.template+"'}")))
		if err != nil {
			t.Errorf("%s: %v", test.template, err)
			continue
		}
		var got []string
		for _, read := range file.Groups[0].Rules[0].LostLabels(func(label string) bool { return label == "job" }) {
			got = append(got, read.Text)
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.template, strings.Join(got, ", "), test.want)
		}
	}
}

// TestTemplateReadsHavePlaces: the rule's labels and annotations, and its group's labels, each with its line.
func TestTemplateReadsHavePlaces(t *testing.T) {
	file, err := Parse([]byte(`groups:
  - name: g
    labels:
      team: '{{ $labels.team }}'
      severity: '{{ $labels.group }}'
    rules:
      - alert: A
        expr: up
        labels:
          severity: '{{ $labels.a }}'
        annotations:
          summary: "{{ $labels.b }}"
          description: |
            One line, and
            {{ $labels.c }} {{ query "up" }}
          runbook: >
            folded {{ $labels.d }}
      - record: r
        expr: up
        labels: {x: '{{ $labels.e }}'}
`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, rule := range file.Groups[0].Rules {
		for _, read := range append(rule.LostLabels(func(string) bool { return false }), rule.templateQueries()...) {
			got = append(got, fmt.Sprintf("%d %s: %s", read.Line, read.In, read.Name))
		}
	}
	want := `10 label severity: a
15 annotation description: c
16 annotation runbook: d
12 annotation summary: b
4 label team: team
15 annotation description: up`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// FuzzTemplateReads: what is said of a template stands in it, on one of its lines.
func FuzzTemplateReads(f *testing.F) {
	for _, test := range templatesRead {
		f.Add(test.template, false)
	}
	f.Add(`{{ template "" $labels }}`, false)
	f.Add("first\n{{ $labels.path }} {{ query \"up\" }}", true)
	f.Fuzz(func(t *testing.T, template string, isBlock bool) {
		if !utf8.ValidString(template) {
			return // YAML has no such text
		}
		r := Rule{Rule: rulefmt.Rule{Alert: "A"}, texts: []text{{"label", "l", template, 7, isBlock}}}
		for _, read := range append(r.LostLabels(func(string) bool { return false }), r.templateQueries()...) {
			if read.In != "label l" || read.Line < 7 || read.Line > 8+strings.Count(template, "\n") {
				t.Errorf("%+v", read)
			}
			if !strings.ContainsAny(template, "\\\r") && !strings.Contains(template, read.Name) {
				t.Errorf("%q is not in %q", read.Name, template)
			}
		}
	})
}
