package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"gen": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits runs a command that must end with the given code: exits 2 gen -nonsense.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// TestProvisioningIsUpToDate: the committed files are what gen makes from the boards as they are.
func TestProvisioningIsUpToDate(t *testing.T) {
	t.Chdir("../..")
	gen(t, 0, "-check")
}

// gen runs the command, demands the exit code and returns what it printed, errors included.
func gen(t *testing.T, code int, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if got := run(args, &out, &out); got != code {
		t.Fatalf("gen %q: exit code %d, want %d:\n%s", args, got, code, &out)
	}
	return out.String()
}

// TestCheckFindsEveryChange edits, empties and deletes each file that gen makes, the ledger too, and puts a foreign one
// beside it: each time -check names that file and the remedy, and the remedy works.
func TestCheckFindsEveryChange(t *testing.T) {
	t.Chdir(t.TempDir())
	gen(t, 0)
	ledger, err := os.ReadFile("provisioning/.generated")
	if err != nil {
		t.Fatal(err)
	}
	folders := map[string]bool{}
	for _, name := range append(strings.Fields(string(ledger)), ".generated") {
		path := filepath.Join("provisioning", name)
		folders[filepath.Dir(path)] = true
		for _, change := range []func() error{ // one on top of the other
			func() error { return appendTo(path, "x\n") },
			func() error { return os.WriteFile(path, nil, 0o644) },
			func() error { return os.Remove(path) },
		} {
			if err := change(); err != nil {
				t.Fatal(err)
			}
			said := gen(t, 1, "-check")
			if !strings.HasPrefix(said, path+": ") || !strings.HasSuffix(said, "\nto mend: go run ./cmd/gen\n") ||
				strings.Count(said, "\n") != 2 {
				t.Errorf("%s: -check said\n%s", path, said)
			}
		}
		gen(t, 0)
	}
	gen(t, 0, "-check")
	for folder := range folders {
		foreign := filepath.Join(folder, "foreign.json")
		if err := os.WriteFile(foreign, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		want := foreign + ": foreign: gen did not write it\nto mend: move what is foreign out of provisioning, gen does not touch it\n"
		if said := gen(t, 1, "-check"); said != want {
			t.Errorf("with %s -check said\n%swant\n%s", foreign, said, want)
		}
		if err := os.Remove(foreign); err != nil {
			t.Fatal(err)
		}
	}
}

func appendTo(path, text string) error {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}
