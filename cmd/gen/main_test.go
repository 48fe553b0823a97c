package main

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"gaugewright/dashboards"
	"gaugewright/dashboards/provision"
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

// TestProvisioningIsUpToDate: the committed files are those that gen makes from the current boards.
func TestProvisioningIsUpToDate(t *testing.T) {
	t.Chdir("../..")
	gen(t, 0, "-check")
}

// gen runs the command, requires the exit code and returns the output, errors included.
func gen(t *testing.T, code int, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if got := provision.Run(args, &out, &out, provision.Service{Target: dashboards.App}); got != code {
		t.Fatalf("gen %q: exit code %d, want %d:\n%s", args, got, code, &out)
	}
	return out.String()
}

// TestCheckFindsEveryChange edits, empties and deletes all of gen's files, one of them, and the ledger. Each time
// -check names exactly those files and the remedy, and the remedy works. The same holds for a foreign file in each
// folder.
func TestCheckFindsEveryChange(t *testing.T) {
	t.Chdir(t.TempDir())
	gen(t, 0)
	const ledger = "provisioning/.generated"
	list, err := os.ReadFile(ledger)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	foreign := map[string]string{filepath.Dir(ledger): filepath.Dir(ledger) + "/foreign.json"} // by folder
	for name := range strings.FieldsSeq(string(list)) {
		path := filepath.Join("provisioning", name)
		files, foreign[filepath.Dir(path)] = append(files, path), filepath.Join(filepath.Dir(path), "foreign.json")
	}
	for _, changed := range [][]string{files, files[:1], {ledger}} {
		for _, change := range []func(string) error{ // one after the other
			func(path string) error { return appendTo(path, "x\n") },
			func(path string) error { return os.WriteFile(path, nil, 0o644) },
			os.Remove,
		} {
			demandEach(t, changed, change)
			demandNamed(t, changed, "to mend: go run ./cmd/gen")
		}
		gen(t, 0)
		gen(t, 0, "-check")
	}
	strangers := slices.Sorted(maps.Values(foreign))
	demandEach(t, strangers, func(path string) error { return os.WriteFile(path, nil, 0o644) })
	demandNamed(t, strangers, "to mend: move what is foreign out of provisioning, gen does not touch it")
}

func demandEach(t *testing.T, paths []string, do func(string) error) {
	t.Helper()
	for _, path := range paths {
		if err := do(path); err != nil {
			t.Fatal(err)
		}
	}
}

// demandNamed requires that -check names exactly these files, one on a line, and ends with the remedy.
func demandNamed(t *testing.T, paths []string, remedy string) {
	t.Helper()
	said := gen(t, 1, "-check")
	lines := strings.Split(strings.TrimSuffix(said, "\n"), "\n")
	var named []string
	for _, line := range lines[:len(lines)-1] {
		path, _, _ := strings.Cut(line, ": ")
		named = append(named, path)
	}
	if slices.Sort(named); !slices.Equal(named, slices.Sorted(slices.Values(paths))) || lines[len(lines)-1] != remedy {
		t.Errorf("-check said\n%swant %q and %s", said, paths, remedy)
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
