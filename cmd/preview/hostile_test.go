package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaugewright/internal/preview/picture"
	"gaugewright/internal/report/reporttest"
)

// TestHostile: what boards, rules, servers and files' names say is printed as text.
func TestHostile(t *testing.T) {
	t.Chdir(t.TempDir())
	recordRun(t, picture.Run)
	folder := reporttest.FileName
	in := func(name string) string { return filepath.Join(strings.ReplaceAll(folder, "[", `\[`), name) }
	for name, text := range map[string]string{
		"pwned.json": `{"title": "HOSTILE", "panels": [{"id": 1, "title": "HOSTILE", "type": "HOSTILE", "targets": [{"refId": "HOSTILE", "expr": "HOSTILE"}]}]}`,
		"pwned.yml": `groups: [{name: "HOSTILE", rules: [{alert: "HOSTILE", expr: "a > 0", labels: {b: "HOSTILE"}},
			{alert: "::error::pwned", expr: "a * on() group_left() b"}, {record: "b", expr: "a"}]}]`,
		"broken.json": `{"HOSTILE"`, "taken/pwned.svg": "HOSTILE", "taken/pwned-2.svg": "HOSTILE",
	} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, "HOSTILE", reporttest.InJSON())), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/page") {
			w.Header().Set("Content-Type", "text/plain")
			w.Write([]byte(`a{c="` + strings.ReplaceAll(reporttest.Hostile, "\n", `\n`) + "\"} 1\na 1\n"))
			return
		}
		http.Error(w, reporttest.Hostile, http.StatusTeapot)
	}))
	defer server.Close()
	boards, rules := in("pwned.json"), in("pwned.yml")
	for _, test := range []struct {
		name string
		args []string
	}{
		{"written", []string{"-svg", folder + "/pwned", "-boards", boards}},
		{"stale", []string{"-check", "-svg", folder + "/new", "-boards", boards}},
		{"json", []string{"-json", "-boards", boards}},
		{"somebody's file", []string{"-svg", folder + "/taken", "-boards", boards}},
		{"broken", []string{"-svg", folder + "/pwned", "-boards", in("broken.json")}},
		{"no such file", []string{"-boards", in("pwned*.yaml")}},
		{"a flag", []string{"-" + reporttest.Hostile}},
		{"an argument", []string{reporttest.Hostile}},
		{"an address", []string{"-listen", reporttest.Hostile, "-boards", boards}},
		{"alerts", []string{"-alerts", "-target", server.URL + "/page", "-boards", boards, "-rules", rules}},
		{"a bad page", []string{"-alerts", "-target", server.URL, "-boards", boards, "-rules", rules}},
		{"a bad server", []string{"-alerts", "-prometheus", server.URL, "-boards", boards, "-rules", rules}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			run(test.args, &stdout, &stderr)
			reporttest.Safe(t, test.name, stdout.String(), stderr.String())
		})
	}
}
