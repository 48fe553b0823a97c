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
	base, head := hostileSides(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, reporttest.Hostile, http.StatusTeapot)
	}))
	defer server.Close()
	one := filepath.Join(base, "board.json")
	cases := map[string][]string{
		"a flag":        {"-" + reporttest.Hostile},
		"a live server": {"-live", server.URL, one},
		"no run":        {"-on", reporttest.FileName + "/pwned.gz", base, head},
		"not a run":     {"-on", one, base, head},
		"a Prometheus":  {"-on", server.URL, base, head},
		"a panel":       {"-panel", reporttest.Hostile, base, head},
		"pictures":      {"-pictures", "http://x/" + reporttest.Hostile + ",http://y/", base, head},
	}
	for _, format := range []string{"text", "json", "markdown", "github"} {
		cases["format "+format] = []string{"-format", format, base, head}
		cases["alone format "+format] = []string{"-format", format, one, filepath.Join(head, "board.json")}
	}
	for name, args := range cases {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			run(args, &stdout, &stderr)
			reporttest.Safe(t, name[strings.LastIndex(name, " ")+1:], stdout.String(), stderr.String())
		})
	}
	t.Run("driver", func(t *testing.T) {
		t.Setenv("GIT_DIFF_PATH_TOTAL", "1")
		var stdout, stderr bytes.Buffer
		for _, name := range []string{"board.json", "broken.json", reporttest.FileName + ".json"} {
			run([]string{filepath.Join(base, name), filepath.Join(base, name), "0", "1", filepath.Join(head, name), "0", "1"}, &stdout, &stderr)
		}
		run([]string{one}, &stdout, &stderr)
		run([]string{one, "none/" + reporttest.FileName, "0", "1", one, "0", "1"}, &stdout, &stderr)
		reporttest.Safe(t, "text", stdout.String(), stderr.String())
	})
}

// hostileSides writes two versions of boards and rules that attack whoever prints them.
func hostileSides(t *testing.T) (base, head string) {
	t.Helper()
	board := strings.ReplaceAll(`{"uid": "pwned", "title": "HOSTILE", "description": "HOSTILE", "tags": ["HOSTILE"],
	"templating": {"list": [{"name": "HOSTILE", "type": "query", "query": "label_values(up, HOSTILE)"}]}, "panels": [
	{"id": 1, "title": "HOSTILE", "type": "timeseries", "fieldConfig": {"defaults": {"unit": "HOSTILE"}}, "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8},
	"targets": [{"refId": "HOSTILE", "expr": "rate(up{a='HOSTILE'}[5m])", "legendFormat": "{{HOSTILE}}"}, {"refId": "B", "expr": "HOSTILE"},
	{"refId": "::error::x", "expr": "up\n::error::x\n[5m]"}]}, {"id": 3, "title": "::error::x", "type": "text", "options": {"content": "::error::x\n5m"}}]}`,
		"HOSTILE", reporttest.InJSON())
	rules := strings.ReplaceAll(`groups: [{name: "HOSTILE", rules: [{alert: "HOSTILE", expr: "up == 1 # HOSTILE", annotations: {"a": "HOSTILE"}}]}]`,
		"HOSTILE", reporttest.InJSON())
	base, head = filepath.Join(".", reporttest.FileName, "a"), filepath.Join(".", reporttest.FileName, "b")
	for name, text := range map[string]string{
		"board.json": board, "rules.yml": rules, reporttest.FileName + ".json": strings.ReplaceAll(board, `"uid": "pwned"`, `"uid": "b"`),
		"broken.json": "{" + reporttest.Hostile, "broken.yml": "groups: [{" + rules,
	} {
		for _, folder := range []string{base, head} {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			text = strings.NewReplacer("pwned", "pwned anew", `"id": 1`, `"id": 2`, "5m", "1m", "timeseries", "stat", "up == 1", "up == 2").Replace(text)
		}
	}
	return base, head
}
