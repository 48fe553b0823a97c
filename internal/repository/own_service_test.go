package repository

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gaugewright/internal/rules/ruletest"
)

// ownService is the example of another team's service. It is a separate module, which go test ./... does not enter.
const ownService = "examples/own-service"

// TestOwnServiceIsSmall counts the lines of Go that its owners write, without generated files.
func TestOwnServiceIsSmall(t *testing.T) {
	readsAll(t)
	const limit = 90
	lines, generated := 0, 0
	err := filepath.WalkDir(ownService, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			return err
		}
		if ast.IsGenerated(file) {
			generated++
			return nil
		}
		lines += bytes.Count(text, []byte("\n"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if lines == 0 || lines >= limit {
		t.Errorf("%s has %d lines of Go without the catalogue: the README says less than %d", ownService, lines, limit)
	}
	if generated != 1 {
		t.Errorf("%s has %d generated Go files, want only its catalogue", ownService, generated)
	}
}

// TestOwnServiceIsUpToDate: a change here may break a module built on it. The checks that need the running service
// are in .ci/own-service.
func TestOwnServiceIsUpToDate(t *testing.T) {
	readsAll(t)
	for _, c := range []struct{ command, mend string }{
		{"go list -mod=readonly ./...", "go mod tidy"},
		{"go vet ./...", "edit its Go"},
		{"go run ./gen -check", "go run ./gen"},
	} {
		args := strings.Fields(c.command)
		command := exec.Command(args[0], args[1:]...)
		command.Dir = ownService
		if output, err := command.CombinedOutput(); err != nil {
			t.Errorf("in %s: %s: %v; fix it with: %s\n%s", ownService, c.command, err, c.mend, output)
		}
	}
}

// TestOwnServiceRules: the shop's own alert passes its test.
func TestOwnServiceRules(t *testing.T) {
	readsAll(t)
	suite, err := ruletest.LoadSuite(filepath.Join(ownService, "testdata/money.yml"))
	if err != nil {
		t.Fatal(err)
	}
	outcomes := suite.Run(t.Context())
	for _, outcome := range outcomes {
		for _, finding := range outcome.Findings {
			t.Errorf("%s\n%s", outcome.Test, finding)
		}
	}
	if len(outcomes) != 2 {
		t.Errorf("%d tests were run, want 2", len(outcomes))
	}
}
