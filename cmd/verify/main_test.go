package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what is found into testdata")

func TestMain(m *testing.M) {
	if err := flag.Set("test.parallel", "16"); err != nil { // the scripts wait for scrapes more than they compute
		panic(err)
	}
	testscript.Main(m, map[string]func(){"verify": main})
}

// TestScripts: each script in testdata/script shows one feature of the command. $URL serves the script's own files,
// the pages below. $ROOT is the repository.
func TestScripts(t *testing.T) {
	repository, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"sparse": sparse},
		Setup: func(env *testscript.Env) error {
			server := httptest.NewServer(pages(env.WorkDir))
			env.Defer(server.Close)
			env.Setenv("URL", server.URL)
			env.Setenv("HOST", strings.TrimPrefix(server.URL, "http://"))
			env.Setenv("ROOT", repository)
			return nil
		},
	})
}

// pages are services of all kinds.
func pages(folder string) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(folder)))
	mux.Handle("/default", collected(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})))
	mux.Handle("/plain", collected(prometheus.NewGauge(prometheus.GaugeOpts{Name: "shop_queue_length"})))
	mux.HandleFunc("/hung", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/html", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("<!DOCTYPE html><html><body>Sign in</body></html>"))
	})
	mux.HandleFunc("/501", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "the database is gone", http.StatusNotImplemented)
	})
	mux.HandleFunc("/gzip", func(w http.ResponseWriter, _ *http.Request) {
		page, err := os.ReadFile(filepath.Join(folder, "metrics"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		z.Write(page)
		z.Close()
	})
	mux.HandleFunc("/sent", func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Content-Type"] = r.URL.Query()["as"]
		page, _ := os.ReadFile(filepath.Join(folder, r.FormValue("file")))
		w.Write(page)
	})
	mux.HandleFunc("/timed", func(w http.ResponseWriter, r *http.Request) {
		ago, _ := time.ParseDuration(r.FormValue("ago"))
		fmt.Fprintf(w, "shop_backup_bytes 5 %d\nshop_queue_length 1\n", time.Now().Add(-ago).UnixMilli())
	})
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

// collected returns a service with these metrics.
func collected(collectors ...prometheus.Collector) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors...)
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestFullStandardOutput(t *testing.T) {
	board := t.TempDir() + "/board.json"
	if err := os.WriteFile(board, []byte(`{"panels": []}`), 0o644); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(newStub(t))
	defer server.Close()
	var stderr bytes.Buffer
	code := run([]string{"-boards", board, "-prometheus", server.URL}, brokenWriter{}, &stderr)
	if code != 2 || stderr.String() != "verify: no space left on device\n" {
		t.Errorf("exit %d, %s", code, &stderr)
	}
}

// sparse makes a file as long as so many MiB of zeros, which take no room on the disk: sparse NAME MiB.
func sparse(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	file, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(file.Truncate(size << 20))
	ts.Check(file.Close())
}
