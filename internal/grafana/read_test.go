package grafana

import (
	"flag"
	"fmt"
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

// dump writes a board as text, one line each, without what is not set.
func dump(b Board) string {
	var out strings.Builder
	fmt.Fprintf(&out, "board %q %q schema %d\n", b.UID, b.Title, b.Schema)
	for _, v := range b.Variables {
		fmt.Fprintf(&out, "variable %+v\n", v)
	}
	for _, a := range b.Annotations {
		fmt.Fprintf(&out, "annotation %+v\n", a)
	}
	for _, p := range b.Panels {
		fmt.Fprintf(&out, "panel %d %s %q in row %q unit %q no value %q interval %q points %d repeat %q library %q\n",
			p.ID, p.Type, p.Title, p.Row, p.Unit, p.NoValue, p.Interval, p.MaxDataPoints, p.Repeat, p.Library)
		for _, target := range p.Targets {
			fmt.Fprintf(&out, "  query %+v\n", target)
		}
		for _, o := range p.Overrides {
			fmt.Fprintf(&out, "  override %s\n", o)
		}
		for _, x := range p.Transformations {
			fmt.Fprintf(&out, "  transformation %+v\n", x)
		}
	}
	return out.String()
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

func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		``:                     "not JSON: ",
		`{"title": "T"`:        "not JSON: ",
		`[]`:                   "not a dashboard",
		`null`:                 "not a dashboard",
		`{}`:                   "not a dashboard",
		`{"panels": "x"}`:      "not a dashboard",
		`{"panels": {"a": 1}}`: "not a dashboard",
		`{"apiVersion": "dashboard.grafana.app/v2alpha1", "spec": {"elements": {}, "layout": {}}}`: "a dashboard of schema v2",
		`{"elements": {}, "layout": {}}`:                     "a dashboard of schema v2",
		`{"title": "` + strings.Repeat("x", maxBytes) + `"}`: "more than 16 MiB",
	} {
		if _, err := Read([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s: %v, want %s", text, err, want)
		}
	}
}
