package main

import (
	"bytes"
	"errors"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"gaugewright/dashboards/metric/app"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/internal/scrape"

	"github.com/rogpeppe/go-internal/txtar"
)

// metricPackage is dashboards/metric, type-checked from its source.
var metricPackage = sync.OnceValues(func() (*types.Package, error) {
	files := token.NewFileSet()
	paths, err := filepath.Glob("../../dashboards/metric/*.go")
	if err != nil {
		return nil, err
	}
	var parsed []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
	}
	// Without function bodies it needs no imports, so the standard library may be empty, for speed.
	config := types.Config{
		IgnoreFuncBodies: true,
		Importer:         known{types.NewPackage("strings", "strings")},
		Error:            func(error) {},
	}
	compiled, _ := config.Check("gaugewright/dashboards/metric", files, parsed, nil)
	if compiled.Scope().Lookup("Counter") == nil {
		return nil, errors.New("dashboards/metric has no Counter")
	}
	return compiled, nil
})

// golangPackage is the shared catalogue, type-checked from its source.
var golangPackage = sync.OnceValues(func() (*types.Package, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "golang.go", golang.Source, 0)
	if err != nil {
		return nil, err
	}
	metric, err := metricPackage()
	if err != nil {
		return nil, err
	}
	config := types.Config{Importer: known{metric}}
	return config.Check("gaugewright/dashboards/metric/golang", files, []*ast.File{file}, nil)
})

// known is an importer that knows some packages.
type known []*types.Package

func (k known) Import(path string) (*types.Package, error) {
	for _, p := range k {
		if p.Path() == path {
			return p, nil
		}
	}
	return nil, errors.New("unknown package " + path)
}

// checkSource requires of a catalogue's source what the compiler, gofmt and metrics -check require.
func checkSource(t *testing.T, source []byte, entries []entry) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "catalogue.go", source, 0)
	if err != nil {
		t.Fatalf("%v in\n%s", err, source)
	}
	metric, err := metricPackage()
	if err != nil {
		t.Fatal(err)
	}
	golang, err := golangPackage()
	if err != nil {
		t.Fatal(err)
	}
	config := types.Config{Importer: known{metric, golang}}
	compiled, err := config.Check("catalogue", files, []*ast.File{file}, nil)
	if err != nil {
		t.Fatalf("%v in\n%s", err, source)
	}
	want := len(own(entries)) + len(allLabels(own(entries))) + 1 // the list
	if names := compiled.Scope().Names(); len(names) != want || !allExported(names) {
		t.Fatalf("%d exported names wanted, got %q", want, names)
	}
	if formatted, err := format.Source(source); err != nil || !bytes.Equal(formatted, source) {
		t.Fatalf("gofmt would change it (%v):\n%s", err, source)
	}
	path := filepath.Join(t.TempDir(), "catalogue.go")
	if err := os.WriteFile(path, source, 0o644); err != nil {
		t.Fatal(err)
	}
	read, err := readCatalogue(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if compare(read, entries, &out) || out.Len() > 0 && !allWithoutSeries(&out) {
		t.Fatalf("the page does not agree with its own catalogue:\n%s", &out)
	}
}

// TestListOfAll: the list has all metrics in the order of their names. The app's own variables are those of its HTTP
// server.
func TestListOfAll(t *testing.T) {
	entries, err := readCatalogue("../../dashboards/metric/app/app.go")
	if err != nil {
		t.Fatal(err)
	}
	var want, mine, got []string
	for _, e := range entries {
		want = append(want, e.name)
	}
	for _, e := range own(entries) {
		mine = append(mine, e.name)
	}
	for _, family := range app.All {
		got = append(got, family.Name)
	}
	slices.Sort(want)
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("the list has %q\nwant %q", got, want)
	}
	if len(mine) != 4 || slices.ContainsFunc(mine, func(name string) bool { return !strings.HasPrefix(name, "api_http_request") }) {
		t.Errorf("the variables are %q, want the four HTTP metrics", mine)
	}
}

func allExported(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !token.IsExported(name) })
}

func allWithoutSeries(notes *bytes.Buffer) bool {
	for line := range strings.Lines(notes.String()) {
		if !strings.Contains(line, "has no series") {
			return false
		}
	}
	return true
}

// TestCataloguesCompile uses the pages of the scripts, hostile ones included.
func TestCataloguesCompile(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatal("no scripts:", err)
	}
	for _, script := range scripts {
		archive, err := txtar.ParseFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			families, err := scrape.Read(bytes.NewReader(file.Data), "")
			if err == nil && len(families) > 0 {
				checkFamilies(t, families)
			}
		}
	}
}

func checkFamilies(t *testing.T, families []scrape.Family) {
	entries, err := shareGo(catalogueOf(families))
	if err != nil {
		t.Fatal(err)
	}
	source, err := emit("catalogue", "", entries)
	if err != nil {
		t.Fatal(err)
	}
	checkSource(t, source, entries)
}

// FuzzCatalogue: for any names and help, the catalogue compiles, is formatted, and agrees with the page when read
// back.
func FuzzCatalogue(f *testing.F) {
	f.Add("foo_bar", "foo.bar", "label_foo", "foo", "Help.", "seconds")
	f.Add("a\"b\\c\nd", "`", "*/", "//", "*/ var x = 1 //\n# Heading\n- list", "\x00")
	f.Add("all", "All", "al_l", "all", "All metrics.", "")
	f.Add("1_2", "12", "1 2", "12", "go:embed \u202e \ufeff [x]: http://y Deprecated: no", "ß")
	f.Fuzz(func(t *testing.T, a, b, c, label, help, unit string) {
		families := map[string]scrape.Family{}
		for i, name := range []string{a, b, c} {
			if !utf8.ValidString(name+label+help+unit) || name == "" || label == "" {
				return // impossible on a page
			}
			kind := []scrape.Kind{scrape.Counter, scrape.Histogram, scrape.Unknown}[i]
			labels := scrape.Labels{{Name: label}, {Name: name + "x"}}
			families[name] = scrape.Family{Name: name, Help: help, Kind: kind, Unit: unit,
				Samples: []scrape.Sample{{Name: name, Labels: labels}}}
		}
		checkFamilies(t, slices.SortedFunc(maps.Values(families), func(a, b scrape.Family) int {
			return strings.Compare(a.Name, b.Name)
		}))
	})
}
