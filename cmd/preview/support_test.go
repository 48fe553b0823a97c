package main

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"gaugewright/internal/draw"
)

var update = flag.Bool("update", false, "write the table into README.md")

const (
	readme = "../../README.md"
	begin  = "<!-- made by go test ./cmd/preview -run Support -update -->\n"
	end    = "<!-- end -->\n"
)

// TestSupport: README.md has the table of what is drawn.
func TestSupport(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, isThere := strings.Cut(string(text), begin)
	old, after, isWhole := strings.Cut(rest, end)
	if !isThere || !isWhole {
		t.Fatalf("%s has no part between %s and %s", readme, begin, end)
	}
	var table bytes.Buffer
	drawn(&table, draw.Supported())
	switch {
	case old == table.String():
	case *update:
		if err := os.WriteFile(readme, []byte(before+begin+table.String()+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("%s has\n%swant\n%s", readme, old, &table)
	}
}
