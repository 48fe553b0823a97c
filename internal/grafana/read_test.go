package grafana

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what is read into testdata")

// TestRead: each board in testdata/boards is read as the text file next to it says.
func TestRead(t *testing.T) {
	for _, path := range boardPaths(t) {
		b, err := Read(readFile(t, path))
		if err != nil {
			t.Fatal(path, err)
		}
		golden := strings.TrimSuffix(path, ".json") + ".txt"
		got := dump(b)
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want := string(readFile(t, golden)); got != want {
			t.Errorf("%s: got\n%swant\n%s", path, got, want)
		}
	}
}

func boardPaths(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/boards/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatal("no boards", err)
	}
	return paths
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestEnvelopes: a board comes bare, from the API, in a resource, or with a byte order mark.
func TestEnvelopes(t *testing.T) {
	const board = `{"title": "T", "panels": []}`
	for _, text := range []string{
		board, "\ufeff" + board, `{"dashboard": ` + board + `, "meta": {}}`,
		`{"apiVersion": "dashboard.grafana.app/v1beta1", "kind": "Dashboard", "spec": ` + board + `}`,
	} {
		if b, err := Read([]byte(text)); err != nil || b.Title != "T" {
			t.Errorf("%s: %v %v", text, b, err)
		}
	}
}

// TestRefused: a file without a board is an error that says what the file is.
func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		``:                     "the file is empty",
		"# nothing\n---\n":     "not a dashboard: it has no panels",
		`{"title": "T"`:        "not JSON: line 1, column 14: a comma or } is missing here",
		"a: [1\nb: 2":          "not YAML: line 1: did not find",
		"<!DOCTYPE html>":      "it is HTML",
		"\xff\xfe{\x00}\x00":   "is UTF-16",
		"a: \xff":              "not JSON or YAML: it is binary, or not in UTF-8",
		"just words":           "a plain text",
		`[]`:                   "not a dashboard",
		`null`:                 "not a dashboard",
		`{}`:                   "not a dashboard: it has no panels; in Grafana use Export, Export as JSON",
		`{"panels": "x"}`:      "not a dashboard",
		`{"panels": {"a": 1}}`: "not a dashboard",
		`{"uid": "l", "kind": 1, "model": {"type": "stat"}}`:                              "a library panel alone",
		`{"message": "Dashboard not found", "status": "x"}`:                               "an answer of an API: Dashboard not found",
		"groups:\n- name: a\n  rules: []":                                                 "a file of Prometheus rules",
		"apiVersion: apps/v1\nkind: Deployment":                                           "a Deployment of apps/v1",
		"apiVersion: dashboard.grafana.app/v1\nkind: Folder\nspec: {}":                    "a Folder of dashboard.grafana.app/v1",
		"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: b":             `the ConfigMap "c" has no boards in its data`,
		"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a.json: '{\"b\"'": `data["a.json"]: not JSON: line 5, column 16: `,
		"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a.json: '{}'":     `data["a.json"] at line 5: not a dashboard`,
		`{"title": "` + strings.Repeat("x", maxBytes) + `"}`:                              "more than 16 MiB",
		strings.Repeat("[", maxDepth+1):                                                   "more than 500 levels",
		`[` + strings.Repeat("0,", maxNodes) + `0]`:                                       "more than 2097152 values",
	} {
		if _, err := Read([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s: %v, want %s", text, err, want)
		}
	}
}
