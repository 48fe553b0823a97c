package provision

import (
	"bytes"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestLedger(t *testing.T) {
	file := ledgerFile([]string{"prometheus/prometheus.yml", "grafana/b.json", "grafana/a.json", "grafana/b.json"})
	want := "grafana/a.json\ngrafana/b.json\nprometheus/prometheus.yml\n"
	if string(file.Data) != want {
		t.Errorf("the ledger is\n%swant\n%s", file.Data, want)
	}
	if got := parseLedger([]byte(strings.ReplaceAll(want, "\n", "\r\n"))); !slices.Equal(got, strings.Fields(want)) {
		t.Errorf("a ledger with carriage returns reads as %q", got)
	}
	for _, line := range []string{"", ".", "..", "../x", "a/../../x", "/etc/passwd", "a//b", "a/", "./a", "a\\..\\b", "C:/x",
		"a\x00b", "a b", ledgerPath, strings.Repeat("a", 256)} {
		if got := parseLedger([]byte(line + "\n")); got != nil {
			t.Errorf("a ledger's line %q was taken for %q", line, got)
		}
	}
}

// FuzzParseLedger: whatever a ledger says, only plain names inside the folder come out, and they survive a round trip.
func FuzzParseLedger(f *testing.F) {
	f.Add([]byte("grafana/dashboards/go-a.json\nprometheus/prometheus.yml\n"))
	f.Add([]byte("../../etc/passwd\n/etc/passwd\n.generated\n\x00\n..\n"))
	f.Add([]byte("<<<<<<< HEAD\ngrafana/a.json\n=======\r\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		listed := parseLedger(text)
		for _, name := range listed {
			if !filepath.IsLocal(name) || path.Clean(name) != name || name == "." || name == ledgerPath {
				t.Errorf("%q came out of a ledger", name)
			}
		}
		again := ledgerFile(listed)
		if twice := ledgerFile(parseLedger(again.Data)); !bytes.Equal(again.Data, twice.Data) {
			t.Errorf("written and read again %q becomes %q", again.Data, twice.Data)
		}
	})
}
