package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"preview": main}) }

// TestScripts: each script in testdata/script shows one feature of the command. $PORT is free and $TAKEN is not; $URL is a
// service's page, $SERVER a Prometheus that repeats tokens. until waits for a text in an answer.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	cache, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	caches := strings.Fields(string(cache))
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"until": until},
		Setup: func(env *testscript.Env) error {
			taken, free := listener(t), listener(t)
			free.Close()
			env.Defer(func() { taken.Close() })
			service, server := httptest.NewServer(http.HandlerFunc(metrics)), httptest.NewServer(http.HandlerFunc(echo))
			env.Defer(service.Close)
			env.Defer(server.Close)
			for name, value := range map[string]string{
				"ROOT": root, "PORT": port(free), "TAKEN": port(taken), "URL": service.URL, "SERVER": server.URL,
				"GOCACHE": caches[0], "GOMODCACHE": caches[1],
			} {
				env.Setenv(name, value)
			}
			return nil
		},
	})
}

func listener(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func port(l net.Listener) string { return fmt.Sprint(l.Addr().(*net.TCPAddr).Port) }

func metrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	fmt.Fprintln(w, "queue_length 7")
}

// echo is a server that knows no query, and repeats how it was asked.
func echo(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("query") == "vector(1)" {
		fmt.Fprint(w, `{"status":"success","data":{"resultType":"vector","result":[]}}`)
		return
	}
	w.WriteHeader(http.StatusBadRequest)
	fmt.Fprintf(w, `{"status":"error","errorType":"bad_data","error":"not with %s"}`, r.Header.Get("Authorization"))
}

// until waits until the answer of an address has a text; with ! until it has not.
func until(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: until URL text")
	}
	var body string
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		answer, err := http.Get(args[0])
		if err != nil {
			body = err.Error()
			continue
		}
		data, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		body = string(data)
		if strings.Contains(body, args[1]) != neg {
			_ = os.WriteFile(filepath.Join(ts.Getenv("WORK"), "answer"), data, 0o644) // a script may be in the repository
			return
		}
	}
	ts.Fatalf("%s: %.2000s", args[0], body)
}
