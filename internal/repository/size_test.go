package repository

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestSizes: no file has more than 300 lines and no function more than 60. Tests and generated files may be longer. A
// command is what is left when its packages do the work: no file of cmd/verify, cmd/diff and cmd/preview has more than 150
// lines, and no test.
func TestSizes(t *testing.T) {
	readsAll(t)
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		most, isCommand := 300, isThin(path)
		if isCommand {
			most = 150
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") && !isCommand {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.ParseComments)
		if err != nil || ast.IsGenerated(file) {
			return err
		}
		line := func(pos token.Pos) int { return files.Position(pos).Line }
		if lines := line(file.FileEnd); lines > most {
			t.Errorf("%s has %d lines, more than %d: split it by subject", path, lines, most)
		}
		for _, declared := range file.Decls {
			if f, ok := declared.(*ast.FuncDecl); ok && line(f.End())-line(f.Pos()) >= 60 {
				t.Errorf("%s: %s has %d lines", files.Position(f.Pos()), f.Name.Name, line(f.End())-line(f.Pos())+1)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// isThin reports whether a file belongs to a command whose packages do the work.
func isThin(path string) bool {
	for _, command := range []string{"cmd/verify/", "cmd/diff/", "cmd/preview/"} {
		if strings.HasPrefix(path, command) {
			return true
		}
	}
	return false
}
