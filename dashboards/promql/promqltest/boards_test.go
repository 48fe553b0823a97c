package promqltest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// The boards of this repository are typed throughout: what they needed Text for would be a verb that is lacking.
func TestOwnBoardsUseNoText(t *testing.T) {
	files, err := filepath.Glob("../../*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Text" {
				if of, ok := s.X.(*ast.Ident); ok && of.Name == "promql" {
					t.Errorf("%s: promql.Text", set.Position(s.Pos()))
				}
			}
			return true
		})
	}
}
