package lint

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"gaugewright/internal/scrape"
)

// TestKnown: each line of the catalogue is a family of a kind that is known, once.
func TestKnown(t *testing.T) {
	entries, err := knownFiles.ReadDir("known")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, entry := range entries {
		data, err := knownFiles.ReadFile("known/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			words := strings.Fields(line)
			if len(words) < 2 || seen[words[0]] || !strings.Contains("counter gauge histogram summary", words[1]) {
				t.Errorf("%s: %s", entry.Name(), line)
			}
			seen[words[0]] = true
			if isCounter := words[1] == "counter"; isCounter != strings.HasSuffix(words[0], "_total") && words[0] != "container_memory_failcnt" {
				t.Errorf("%s: a counter's name ends in _total, and no other does", line)
			}
		}
	}
}

// declared finds the families of the typed catalogue.
var declared = regexp.MustCompile(`(?s)= metric\.(\w+)\{\s+Name:\s+"([^"]+)"`)

// TestKnownGo: the kinds of Go's own metrics are those of the typed catalogue, which a real page has shown.
func TestKnownGo(t *testing.T) {
	source, err := os.ReadFile("../../dashboards/metric/golang/golang.go")
	if err != nil {
		t.Fatal(err)
	}
	all := declared.FindAllStringSubmatch(string(source), -1)
	if len(all) < 100 {
		t.Fatalf("only %d families found", len(all))
	}
	for _, m := range all {
		kind, name := scrape.Kind(strings.ToLower(m[1])), m[2]
		if kind == scrape.Histogram {
			name += "_bucket"
		}
		if s := known()[name]; kind != "untyped" && (s == nil || s.FamilyKind != kind) {
			t.Errorf("%s is a %s", name, kind)
		}
	}
}
