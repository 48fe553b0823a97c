package source_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gaugewright/dashboards/source"
)

// A function is found by its line, a string by every line on which its package says it; tests are not looked through.
func TestPlaces(t *testing.T) {
	here := source.Of(TestPlaces)
	if filepath.Base(here.File) != "source_test.go" || here.Line != 14 || !strings.HasSuffix(here.String(), "source_test.go:14") {
		t.Errorf("this test is at %s", here)
	}
	var missing func()
	for _, nothing := range []any{nil, missing, "no function"} {
		if place := source.Of(nothing); place != (source.Place{}) {
			t.Errorf("%v is at %s", nothing, place)
		}
		if places := source.Strings(nothing, "Panel"); places != nil {
			t.Errorf("in the package of %v there is %v", nothing, places)
		}
	}
	found := source.Strings(source.Of, "PanelBuilder")
	if len(found) != 1 || filepath.Base(found[0].File) != "source.go" {
		t.Errorf("the string is at %v", found)
	}
	if places := source.Strings(source.Of, "only in a test"); places != nil {
		t.Errorf("a string of a test is at %v", places)
	}
}

// Panel functions are told by their results, and used is what anything names: a board, an alert or another panel.
func TestUnusedPanels(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"board.go": "package p\n\nfunc board(t T) { line(used(t), t.method(), oneOf) }\n",
		"panels.go": `package p

func used(t T) *stat.PanelBuilder { return nil }

func (T) method() *table.PanelBuilder { return nil }

func oneOf(t T) cog.Builder[dashboard.Panel] { return nil }

func forgotten(t T) *timeseries.PanelBuilder { return nil }

func (T) too() cog.Builder[dashboard.Panel] { return nil }

func Exported() *stat.PanelBuilder { return nil }

func variable() cog.Builder[dashboard.VariableModel] { return nil }

func two() (*stat.PanelBuilder, error) { return nil, nil }
`,
		"broken.go":     "package p\n\nfunc half(",
		"panel_test.go": "package p\n\nvar _ = forgotten\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	panels := filepath.Join(folder, "panels.go")
	want := []string{panels + ":9: forgotten", panels + ":11: too"}
	if got := source.UnusedPanels(folder); !slices.Equal(got, want) {
		t.Errorf("unused are %q, want %q", got, want)
	}
	if got := source.UnusedPanels("gaugewright/dashboards"); got != nil {
		t.Errorf("a binary without its source has unused panels: %q", got)
	}
}

// BenchmarkUnusedPanels looks through the package of our boards.
func BenchmarkUnusedPanels(b *testing.B) {
	folder, err := filepath.Abs("..")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		source.UnusedPanels(folder)
	}
}
