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

// TestHostile: what a page, a server or a file's name says is printed as text.
func TestHostile(t *testing.T) {
	t.Chdir(t.TempDir())
	inHelp := "##[error]pwned " + strings.NewReplacer("\n", " ").Replace(reporttest.Hostile)
	page := "# HELP ::error::pwned " + inHelp + "\n# TYPE ::error::pwned gauge\n::error::pwned 1\n"
	named := reporttest.FileName + "/pwned.txt"
	for name, text := range map[string]string{
		"page.txt": page, named: page, "other.txt": "# TYPE a gauge\na 1\n",
		reporttest.FileName + "/pwned.go": header + "\npackage " + reporttest.Hostile, "taken/" + reporttest.FileName + "pwned": "",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, reporttest.Hostile, http.StatusTeapot)
	}))
	defer server.Close()
	for name, args := range map[string][]string{
		"standard output":    {"page.txt"},
		"written":            {"-package", "p", "-o", reporttest.FileName + "/new-pwned.go", "page.txt"},
		"no such page":       {reporttest.FileName + "pwned"},
		"a server":           {server.URL},
		"not a catalogue":    {"-check", "-o", named, "page.txt"},
		"a broken catalogue": {"-check", "-o", reporttest.FileName + "/pwned.go", "page.txt"},
		"somebody's file":    {"-package", "p", "-o", named, "page.txt"},
		"a flag":             {"-" + reporttest.Hostile},
		"a package":          {"-package", reporttest.Hostile, "page.txt"},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			run(args, &stdout, &stderr)
			reporttest.Safe(t, "text", stdout.String(), stderr.String())
		})
	}
	t.Run("compared", func(t *testing.T) {
		var stdout, stderr bytes.Buffer
		run([]string{"-package", "p", "-o", "made.go", "page.txt"}, &stdout, &stderr)
		run([]string{"-check", "-o", "made.go", "other.txt"}, &stdout, &stderr)
		run([]string{"-package", "p", "-o", "other.go", "other.txt"}, &stdout, &stderr)
		run([]string{"-check", "-o", "other.go", "page.txt"}, &stdout, &stderr)
		reporttest.Safe(t, "text", stdout.String(), stderr.String())
	})
}
