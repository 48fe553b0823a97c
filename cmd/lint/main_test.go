package main

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"gaugewright/internal/lint"
)

var update = flag.Bool("update", false, "write what is found into testdata")

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"lint": main}) }

// TestScripts: each script in testdata/script shows one way to use the command.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", UpdateScripts: *update, RequireExplicitExec: true})
}

// TestOwnFiles: the repository's own boards and rules have no finding and no warning, and need no exception.
func TestOwnFiles(t *testing.T) {
	t.Chdir("../..")
	var stdout, stderr strings.Builder
	if code := run([]string{"-all"}, strings.NewReader(""), &stdout, &stderr); code != 0 || !strings.Contains(stdout.String(), ": 0 errors, 0 warnings") {
		t.Errorf("exit %d\n%s%s", code, &stdout, &stderr)
	}
}

// TestTable: -rules prints the table that the README has.
func TestTable(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- made by go test ./cmd/lint -update -->\n", "<!-- end -->"
	text := string(readme)
	head, rest, ok := strings.Cut(text, begin)
	_, tail, isEnded := strings.Cut(rest, end)
	var table strings.Builder
	if err := lint.Table(&table); err != nil || !ok || !isEnded {
		t.Fatal("the README has no place for the table: ", err)
	}
	want := head + begin + table.String() + end + tail
	if want == text {
		return
	}
	if !*update {
		t.Error("the README's table of rules is not that of lint -rules: go test ./cmd/lint -update")
	} else if err := os.WriteFile("../../README.md", []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}
