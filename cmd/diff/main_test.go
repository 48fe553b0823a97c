package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what is found into testdata")

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"diff": main}) }

// TestScripts: each script in testdata/script shows one way to use the command.
func TestScripts(t *testing.T) {
	run := shop(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"grafana": grafana, "sparse": sparse, "pipe": pipe},
		Setup: func(env *testscript.Env) error {
			for name, value := range map[string]string{
				"HOME": env.WorkDir, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": filepath.Dir(env.WorkDir),
				"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.test", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.test",
				"GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
			} {
				env.Setenv(name, value)
			}
			return os.WriteFile(filepath.Join(env.WorkDir, "run.gz"), run, 0o644)
		},
	})
}

// TestNoGit: without the git command, folders can still be compared.
func TestNoGit(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	var stdout, stderr bytes.Buffer
	if code := run(nil, &stdout, &stderr); code != 2 || !strings.Contains(stderr.String(), "there is no git command: name two folders or files") {
		t.Error(code, stderr.String())
	}
	if code := run([]string{"testdata", "testdata"}, &stdout, &stderr); code != 2 || !strings.Contains(stderr.String(), "testdata: no .json") {
		t.Error(code, stderr.String())
	}
}
