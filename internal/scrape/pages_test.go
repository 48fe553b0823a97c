package scrape

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is found into testdata/pages")

// TestPages: every archive in testdata/pages is a page and its families, remarks or error. The first line of its comment
// is the Content-Type: "none" for an answer without one, empty for a file.
// A page ends as in the file; "\\z" at its end takes the last line end away.
func TestPages(t *testing.T) {
	for _, path := range pagePaths(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, contentType, page := readArchive(t, path)
			header := http.Header{"Content-Type": {contentType}}
			switch contentType {
			case "none":
				header = http.Header{}
			case "":
				header = nil
			}
			read, err := Reader{}.read(strings.NewReader(page), header)
			got := outcome(read.Families, err)
			for _, remark := range read.Remarks {
				got += "remark: " + remark + "\n"
			}
			if *update {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := difference(string(archive.Files[1].Data), got); diff != "" {
				t.Errorf("want and got differ:\n%s", diff)
			}
		})
	}
}

func pagePaths(t testing.TB) []string {
	paths, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no testdata/pages:", err)
	}
	return paths
}

func readArchive(t testing.TB, path string) (archive *txtar.Archive, contentType, page string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.Files) != 2 || archive.Files[0].Name != "page" || archive.Files[1].Name != "families" {
		t.Fatalf("%s: want the files page and families", path)
	}
	first, _, _ := strings.Cut(string(archive.Comment), "\n")
	contentType, ok := strings.CutPrefix(first, "Content-Type:")
	if !ok {
		t.Fatalf("%s: the first line is not Content-Type:", path)
	}
	return archive, strings.TrimSpace(contentType), strings.TrimSuffix(string(archive.Files[0].Data), `\z`+"\n")
}

// outcome writes families or an error for a person to read.
func outcome(families []Family, err error) string {
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	var b strings.Builder
	for _, f := range families {
		fmt.Fprintf(&b, "%s %q help %q", f.Kind, f.Name, f.Help)
		if f.Unit != "" {
			fmt.Fprintf(&b, " unit %q", f.Unit)
		}
		b.WriteString("\n")
		for _, s := range f.Samples {
			b.WriteString("\t" + s.Name + "{")
			for i, l := range s.Labels {
				b.WriteString(strings.Repeat(",", min(i, 1)) + l.Name + fmt.Sprintf("=%q", l.Value))
			}
			fmt.Fprintf(&b, "} %v", s.Value)
			if s.Native != nil {
				fmt.Fprintf(&b, " native %v", s.Native)
			}
			if s.Timestamp != 0 {
				fmt.Fprintf(&b, " at %d", s.Timestamp)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}
