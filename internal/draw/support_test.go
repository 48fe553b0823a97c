package draw

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestSupport: the table of what is drawn is that of the code: its lists of types, and each gap that it names.
func TestSupport(t *testing.T) {
	lines := map[string]bool{}
	for name, kind := range types {
		lines[strings.Join([]string{"panel", name, kind.code, kind.text}, "\t")] = true
	}
	for _, dir := range []string{".", "frame", "number"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				collect(lines, n)
				return true
			})
		}
	}
	table := strings.Join(slices.Sorted(maps.Keys(lines)), "\n") + "\n"
	if *update {
		if err := os.WriteFile("support.txt", []byte(table), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if table != supported {
		t.Error("support.txt is not that of the code; run the test with -update")
	}
	for _, s := range Supported() {
		if s.Subject == "gap" && (s.Code == "" || !strings.HasSuffix(s.Text, ".") && !strings.HasSuffix(s.Text, "…")) {
			t.Errorf("the gap %q says %q, which is no sentence", s.Code, s.Text)
		}
	}
}

// subjects are the variables that list what a package knows by name, and switched the functions whose cases do.
var (
	subjects = map[string]string{
		"changes": "transformation", "calcs": "calculation", "units": "unit", "measures": "unit", "own": "own unit",
	}
	switched = map[string]string{"matcher": "matcher", "matches": "mapping"}
)

// collect adds a gap that the code names, a list of names, or the cases of the matchers.
func collect(lines map[string]bool, n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		if method, ok := n.Fun.(*ast.SelectorExpr); ok && method.Sel.Name == "gap" && len(n.Args) > 1 {
			gapLine(lines, n.Args[0], n.Args[1])
		}
	case *ast.CompositeLit:
		if name, ok := n.Type.(*ast.Ident); ok && name.Name == "Gap" && len(n.Elts) == 3 {
			gapLine(lines, n.Elts[1], n.Elts[2])
		}
	case *ast.AssignStmt:
		if name, ok := n.Lhs[0].(*ast.Ident); ok && len(n.Rhs) > 0 {
			names(lines, subjects[name.Name], n.Rhs[0])
		}
	case *ast.ValueSpec:
		if len(n.Values) > 0 {
			names(lines, subjects[n.Names[0].Name], n.Values[0])
		}
	case *ast.FuncDecl:
		subject := switched[n.Name.Name]
		if subject == "" {
			return
		}
		ast.Inspect(n, func(n ast.Node) bool {
			if c, ok := n.(*ast.CaseClause); ok {
				for _, name := range c.List {
					lines[subject+"\t"+written(name)] = true
				}
			}
			return true
		})
	}
}

func gapLine(lines map[string]bool, code, text ast.Expr) {
	if code := written(code); code != "…" {
		lines[strings.Join([]string{"gap", "", code, written(text)}, "\t")] = true
	}
}

// names adds the keys of a map.
func names(lines map[string]bool, subject string, value ast.Expr) {
	list, ok := value.(*ast.CompositeLit)
	if !ok || subject == "" {
		return
	}
	for _, e := range list.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if name := written(pair.Key); name != "…" {
				lines[subject+"\t"+name] = true
			}
		}
	}
}

// written returns a text of the code; what is not in the code itself is "…".
func written(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil {
			return strings.NewReplacer("%s", "…", "%d", "…", "%v", "…").Replace(text)
		}
	case *ast.BinaryExpr:
		return written(e.X) + written(e.Y)
	}
	return "…"
}
