package promql_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A metric under the wrong verb is the compiler's to refuse.
func TestWrongKindDoesNotCompile(t *testing.T) {
	if out, err := build(t, "testdata/compiles"); err != nil {
		t.Fatalf("the right pairing does not compile: %s", out)
	}
	refused, err := os.ReadDir("testdata/refused")
	if err != nil {
		t.Fatal(err)
	}
	for _, program := range refused {
		t.Run(program.Name(), func(t *testing.T) {
			out, err := build(t, filepath.Join("testdata/refused", program.Name()))
			if err == nil {
				t.Fatal("it compiles")
			}
			if !strings.Contains(out, "main.go:9:") || !strings.Contains(out, "cannot use metric.") {
				t.Errorf("refused for another reason:\n%s", out)
			}
		})
	}
}

func build(t *testing.T, folder string) (string, error) {
	t.Helper()
	out, err := exec.Command("go", "build", "-o", os.DevNull, "./"+folder).CombinedOutput()
	return string(out), err
}
