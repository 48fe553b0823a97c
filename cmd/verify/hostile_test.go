package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaugewright/internal/report"
	"gaugewright/internal/report/reporttest"
)

// hostileFiles are boards, rules and tests that somebody attacks with: what is named HOSTILE is the text in quotes.
var hostileFiles = map[string]string{
	"board.json": `{"uid": "HOSTILE", "title": "HOSTILE", "templating": {"list": [
	{"name": "HOSTILE", "type": "query", "query": "label_values(up, HOSTILE)"}, {"name": "a", "type": "custom", "query": "HOSTILE"}]},
	"annotations": {"list": [{"name": "HOSTILE", "enable": true, "expr": "HOSTILE"}]}, "panels": [
	{"id": 1, "title": "HOSTILE", "type": "timeseries", "fieldConfig": {"defaults": {"unit": "HOSTILE"}, "overrides": [
	{"matcher": {"id": "byName", "options": "HOSTILE"}, "properties": []}]}, "targets": [
	{"refId": "HOSTILE", "expr": "pwned{a=\"HOSTILE\"}", "legendFormat": "{{HOSTILE}}"}, {"refId": "B", "expr": "HOSTILE"},
	{"refId": "C", "expr": "a", "legendFormat": "{{HOSTILE}} {{b}}"}]},
	{"id": 2, "title": "HOSTILE", "datasource": {"type": "HOSTILE", "uid": "HOSTILE"}, "targets": [{"refId": "A", "expr": "a"}]}]}`,
	"rules.yml": `groups: [{name: "HOSTILE", rules: [{alert: "HOSTILE", expr: "pwned > 1", annotations: {"a": "HOSTILE {{ HOSTILE"}},
	{record: "pwned", expr: "HOSTILE"}, {alert: "HOSTILE", expr: "a{b=\"HOSTILE\"} > 1"}]}]`,
	"alerts.yml": `groups: [{name: "HOSTILE", rules: [{alert: "HOSTILE", expr: "up == 0", labels: {a: "HOSTILE"}, annotations: {b: "HOSTILE"}}]}]`,
	"tests.yml": `{rule_files: [alerts.yml], tests: [{name: "HOSTILE", interval: 1m, input_series: [{series: 'up{a="b"}', values: 0}],
	alert_rule_test: [{eval_time: 1m, alertname: "HOSTILE", exp_alerts: [{exp_labels: {a: "HOSTILE x"}}]}]}]}`,
	"broken.json": `{"title": "HOSTILE", ::error::pwned`, "broken.yml": `groups: [{"HOSTILE": 1}]`, "broken_test.yml": `tests: [{"HOSTILE": 1}]`,
}

// TestHostile: what boards, rules, tests, servers and files' names say is printed as text, in each format.
func TestHostile(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir(reporttest.FileName, 0o755); err != nil {
		t.Fatal(err)
	}
	in := func(name string) string {
		return filepath.Join(strings.NewReplacer("[", `\[`, "*", `\*`).Replace(reporttest.FileName), name)
	}
	inner := reporttest.InJSON()
	for name, text := range hostileFiles {
		text = strings.ReplaceAll(text, `\"HOSTILE\"`, `\"`+strings.ReplaceAll(inner, `\`, `\\`)+`\"`)
		text = strings.ReplaceAll(text, "HOSTILE", inner)
		if err := os.WriteFile(filepath.Join(reporttest.FileName, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/page") {
			w.Header().Set("Content-Type", "text/plain")
			w.Write([]byte("# HELP a " + strings.ReplaceAll(reporttest.Hostile, "\n", " ") + "\na{b=\"" + inner + "\"} 1\n"))
			return
		}
		http.Error(w, reporttest.Hostile, http.StatusTeapot)
	}))
	t.Cleanup(server.Close)
	files := []string{"-boards", in("board.json"), "-rules", in("rules.yml")}
	cases := map[string][]string{
		"no such file":    {"-boards", in("pwned*.json")},
		"broken":          {"-boards", in("broken.json")},
		"broken rules":    {"-rules", in("broken.yml")},
		"broken tests":    {"-tests", in("broken_test.yml")},
		"a flag":          {"-" + reporttest.Hostile},
		"a variable":      append([]string{"-target", server.URL + "/page", "-var", reporttest.Hostile + "=1"}, files...),
		"a bad page":      append([]string{"-target", server.URL}, files...),
		"a bad server":    append([]string{"-prometheus", server.URL}, files...),
		"recorded":        {"-tests", in("tests.yml"), "-baseline", reporttest.FileName + "/pwned.txt", "-record"},
		"somebody's file": {"-tests", in("tests.yml"), "-baseline", reporttest.FileName + "/board.json", "-record"},
		"as a baseline":   {"-tests", in("tests.yml"), "-baseline", reporttest.FileName + "/rules.yml"},
	}
	for _, format := range report.Formats {
		all := []string{"-v", "-format", format}
		cases["format "+format] = append(append(all, "-target", server.URL+"/page"), files...)
		cases["tests format "+format] = append(all, "-tests", in("tests.yml"))
	}
	for name, args := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			run(args, &stdout, &stderr)
			reporttest.Safe(t, name[strings.LastIndex(name, " ")+1:], stdout.String(), stderr.String())
		})
	}
}
