package main

import (
	"bytes"
	"errors"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what is found into testdata/script, and the app's catalogue")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"metrics": main})
}

// TestScripts: each script in testdata/script shows one feature of the command. $URL serves the script's own files,
// and the pages below.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			server := httptest.NewServer(pages(env.WorkDir))
			env.Defer(server.Close)
			env.Setenv("URL", server.URL)
			env.Setenv("SECRET", strings.Replace(server.URL, "//", "//somebody:secret@", 1))
			return nil
		},
	})
}

func pages(folder string) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(folder)))
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for page := []byte(strings.Repeat("a 1\n", 1<<14)); r.Context().Err() == nil; {
			if _, err := w.Write(page); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/cut-off", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.Write([]byte("a 1\n"))
	})
	return mux
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestFullStandardOutput(t *testing.T) {
	page := t.TempDir() + "/page"
	if err := os.WriteFile(page, []byte("a 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	if code := run([]string{page}, brokenWriter{}, &stderr); code != 2 || stderr.String() != "metrics: no space left on device\n" {
		t.Errorf("exit %d, %s", code, &stderr)
	}
}
