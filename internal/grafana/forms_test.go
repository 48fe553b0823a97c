package grafana

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestForms: what is read of each file in testdata/forms.txtar: a line for each board, with its form, its title and
// the places of its title and queries; then the errors. The file after each input is what is wanted.
func TestForms(t *testing.T) {
	const path = "testdata/forms.txtar"
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		input, want := archive.Files[i], &archive.Files[i+1]
		got := forms(ReadAll(input.Data))
		if *update {
			want.Data = []byte(got)
		}
		if want.Name != "want" || got != string(want.Data) {
			t.Errorf("%s: got\n%swant\n%s", input.Name, got, want.Data)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func forms(boards []Board, errs []error) string {
	var out strings.Builder
	for _, b := range boards {
		form := "classic"
		if b.V2 {
			form = "v2"
		}
		fmt.Fprintf(&out, "%s %q %s uid %q at %s:", form, b.Title, b.APIVersion, b.UID, b.Node.At("title").Place())
		for _, p := range b.Panels {
			fmt.Fprintf(&out, " %s %q", p.Type, p.Title)
			for _, target := range p.Targets {
				fmt.Fprintf(&out, " %s=%s at %s", target.RefID, target.Expr, target.Spec.At("expr").Place())
			}
		}
		out.WriteString("\n")
	}
	for _, err := range errs {
		fmt.Fprintf(&out, "error: %v\n", err)
	}
	return out.String()
}
