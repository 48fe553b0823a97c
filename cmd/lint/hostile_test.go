package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaugewright/internal/report/reporttest"
)

// TestHostile: what boards, rules, servers and files' names say is printed as text, in each format.
func TestHostile(t *testing.T) {
	t.Chdir(t.TempDir())
	folder := reporttest.FileName
	text := strings.NewReplacer("HOSTILE", reporttest.InJSON())
	board := text.Replace(`{"uid": "HOSTILE", "title": "HOSTILE", "templating": {"list": [{"name": "HOSTILE", "type": "query", "query": "label_values(up, HOSTILE)"}]},
 "panels": [
	{"id": 1, "title": "HOSTILE", "type": "timeseries", "fieldConfig": {"defaults": {"unit": "HOSTILE"}}, "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8},
	::error::pwned
	"targets": [{"refId": "HOSTILE", "expr": "rate(up_total{a=\"HOSTILE\"}[$__interval])", "legendFormat": "{{HOSTILE}}"}, {"refId": "B", "expr": "HOSTILE"}]},
	{"id": 1, "title": "HOSTILE", "type": "timeseries", "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8}, "targets": [{"refId": "A", "expr": "rate(up_total[$__interval])"}]}]}`)
	rules := text.Replace(`groups: [{name: "HOSTILE", rules: [{alert: "HOSTILE", expr: "rate(up[1m]) > 1 # HOSTILE", annotations: {"HOSTILE": "{{ HOSTILE"}}, {record: "HOSTILE", expr: "HOSTILE"}]}]`)
	for name, data := range map[string]string{
		folder + "/board.json": strings.Replace(board, "\t::error::pwned\n", "\n", 1), folder + "/rules.yml": rules,
		"broken/" + folder + ".json": board, folder + "/pwned.exceptions": "x", "page.txt": "a{" + reporttest.Hostile,
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, reporttest.Hostile, http.StatusTeapot)
	}))
	defer server.Close()
	cases := map[string][]string{
		"not read":        {"broken"},
		"no such file":    {folder + "pwned"},
		"a flag":          {"-" + reporttest.Hostile, "."},
		"a server":        {"-prometheus", server.URL, folder},
		"exceptions":      {"-exceptions", folder + "/pwned.exceptions", folder},
		"recorded":        {"-baseline", folder + "/pwned.txt", "-record", folder},
		"somebody's file": {"-baseline", folder + "/board.json", "-record", folder},
		"as a baseline":   {"-baseline", folder + "/rules.yml", folder},
		"what is mended":  {"-fix", "-diff", folder},
	}
	for _, format := range formats {
		cases["format "+format] = []string{"-all", "-format", format, folder, "broken"}
	}
	for name, args := range cases {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			run(args, strings.NewReader(""), &stdout, &stderr)
			reporttest.Safe(t, strings.TrimPrefix(name, "format "), stdout.String(), stderr.String())
		})
	}
}
