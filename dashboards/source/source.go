// Package source finds in Go source what the running program was made from: where a function or a string of its package is
// written, and which panel functions nobody calls. Messages name these places, so a mistake is found without a search. Where
// the source is not there, as in a binary that was copied elsewhere, it finds nothing and says nothing. It reads the text of
// functions and knows no types.
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

// Of is where a function is written.
func Of(function any) Place {
	value := reflect.ValueOf(function)
	if value.Kind() != reflect.Func || value.IsNil() {
		return Place{}
	}
	file, line := runtime.FuncForPC(value.Pointer()).FileLine(value.Pointer())
	return Place{file, line}
}

// Strings are where a string is written in the package of a function: in tests it is not looked for.
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

// UnusedPanels are the functions of a folder that return a panel and that nothing in it names. Exported ones may have their
// callers elsewhere.
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

// returnsPanel reports whether a function's result is one of the SDK's builders of panels, or any of them.
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

// parse reads a folder's Go files but for tests. What cannot be read or parsed is left out.
func parse(files *token.FileSet, folder string) []*ast.File {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || !filepath.IsAbs(folder) { // go build -trimpath leaves no folder but a package's path
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
