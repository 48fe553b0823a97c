package rules

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestRead: each file of testdata/read has the rules, with their lines, or the error that stands in it.
func TestRead(t *testing.T) {
	for name, archive := range archives(t) {
		t.Run(name, func(t *testing.T) {
			if got, want := described(archive.Files[0].Data), string(archive.Files[1].Data); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// archives returns the files of testdata/read by their names. The first part of each is a rule file.
func archives(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	paths, err := filepath.Glob("testdata/read/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no files", err)
	}
	all := map[string]*txtar.Archive{}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(path), ".txtar")] = archive
	}
	return all
}

// described tells what Parse finds in a text. Alerts without an explanation are left aside.
func described(data []byte) string {
	file, err := Parse(data)
	if err != nil {
		return fmt.Sprintf("error: %v\n", err)
	}
	var text strings.Builder
	for _, group := range file.Groups {
		for _, rule := range group.Rules {
			fmt.Fprintf(&text, "%d %s: %s: %s\n", rule.Line, group.Name, rule.Name(), OneLine(rule.Expr))
		}
	}
	for _, d := range Doubts(file) {
		if d.Kind != Unexplained {
			fmt.Fprintf(&text, "doubt: line %d: %s: %s: %s\n", d.Line, d.Name(), d.Kind, d.Text)
		}
	}
	return text.String()
}

// TestReadsOwnManifests: the manifests for Kubernetes have the rules of the files for Prometheus.
func TestReadsOwnManifests(t *testing.T) {
	manifests, err := filepath.Glob("../../provisioning/kubernetes/manifests/rules-*.yaml")
	if err != nil || len(manifests) == 0 {
		t.Fatal("no manifests", err)
	}
	for _, path := range manifests {
		file, err := Load(path)
		if err != nil {
			t.Error(err)
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(data), "\n")
		for _, alert := range file.Alerts() {
			if line := lines[alert.Line-1]; !strings.HasSuffix(line, "- alert: "+alert.Alert) {
				t.Errorf("%s:%d: %s, want the alert %s", path, alert.Line, line, alert.Alert)
			}
		}
		if len(file.Alerts()) == 0 {
			t.Errorf("%s: no alerts", path)
		}
	}
}
