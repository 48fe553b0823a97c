// Package source finds places in the Go source of the running program: where a function or a string of its package is
// written, and which panel functions are never called. Messages name these places, so a mistake is easy to find. If
// the source is missing, as for a binary that was copied elsewhere, it finds nothing and reports nothing. It reads
// the text of functions and does not know types.
package source

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// Place is a line of a file.
type Place struct {
	File string
	Line int
}

func (p Place) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// Of returns where a function is written.
func Of(function any) Place {
	value := reflect.ValueOf(function)
	if value.Kind() != reflect.Func || value.IsNil() {
		return Place{}
	}
	file, line := runtime.FuncForPC(value.Pointer()).FileLine(value.Pointer())
	return Place{file, line}
}

// Strings returns where a string is written in the package of a function, without tests.
func Strings(function any, text string) []Place {
	var places []Place
	literal := strconv.Quote(text)
	files := token.NewFileSet()
	for _, file := range parse(files, filepath.Dir(Of(function).File)) {
		ast.Inspect(file, func(node ast.Node) bool {
			if found, ok := node.(*ast.BasicLit); ok && found.Value == literal {
				places = append(places, place(files, found.Pos()))
			}
			return true
		})
	}
	return places
}

// UnusedPanels returns the functions of a folder that return a panel and that nothing there uses. Exported ones may
// be used elsewhere.
func UnusedPanels(folder string) []string {
	files := token.NewFileSet()
	var panels []*ast.FuncDecl
	named := map[string]int{}
	for _, file := range parse(files, folder) {
		for _, declared := range file.Decls {
			if f, ok := declared.(*ast.FuncDecl); ok && returnsPanel(f) && !f.Name.IsExported() {
				panels = append(panels, f)
			}
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if name, ok := node.(*ast.Ident); ok {
				named[name.Name]++
			}
			return true
		})
	}
	var unused []string
	for _, f := range panels {
		if named[f.Name.Name] == 1 { // where it is declared
			unused = append(unused, fmt.Sprintf("%s: %s", place(files, f.Pos()), f.Name.Name))
		}
	}
	return unused
}

// returnsPanel reports whether a function returns one of the SDK's panel builders.
func returnsPanel(f *ast.FuncDecl) bool {
	results := f.Type.Results
	if results == nil || len(results.List) != 1 {
		return false
	}
	switch result := results.List[0].Type.(type) {
	case *ast.StarExpr:
		return selects(result.X, "PanelBuilder")
	case *ast.IndexExpr:
		return selects(result.X, "Builder") && selects(result.Index, "Panel")
	}
	return false
}

func selects(e ast.Expr, name string) bool {
	selector, ok := e.(*ast.SelectorExpr)
	return ok && selector.Sel.Name == name
}

// parse reads a folder's Go files without tests. It skips files that cannot be read or parsed.
func parse(files *token.FileSet, folder string) []*ast.File {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || !filepath.IsAbs(folder) { // with go build -trimpath, folder is only the package's path
		return nil
	}
	paths = slices.DeleteFunc(paths, func(path string) bool { return strings.HasSuffix(path, "_test.go") })
	var parsed []*ast.File
	for _, path := range paths {
		if file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution); err == nil {
			parsed = append(parsed, file)
		}
	}
	return parsed
}

func place(files *token.FileSet, pos token.Pos) Place {
	p := files.Position(pos)
	return Place{p.Filename, p.Line}
}
