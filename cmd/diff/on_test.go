package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"gaugewright/internal/source/sourcetest"
)

// queues are two versions of a board about the stand-in's metrics.
func queues(t *testing.T) (old, new string) {
	t.Helper()
	dir := t.TempDir()
	for name, expr := range map[string]string{"old": "shop_queue_length", "new": "shop_queue_length * 1000"} {
		text := `{"uid": "q", "title": "Queues", "panels": [{"id": 1, "title": "Queue", "type": "timeseries",
			"targets": [{"refId": "A", "expr": "` + expr + `"}]}]}`
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "board.json"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "old"), filepath.Join(dir, "new")
}

func prometheus(t *testing.T) *sourcetest.Server {
	t.Helper()
	server, err := sourcetest.New()
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// TestOnServer: the values are those of a Prometheus, which is asked with the token. The token and a password in the address
// are never printed.
func TestOnServer(t *testing.T) {
	old, new := queues(t)
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("s3cret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	stub := prometheus(t)
	stub.Refuse = func(w http.ResponseWriter, r *http.Request) bool {
		isStranger := r.Header.Get("Authorization") != "Bearer s3cret" || stub.Prefix != ""
		if isStranger {
			http.Error(w, "who are you? "+r.Header.Get("Authorization"), http.StatusUnauthorized)
		}
		return isStranger
	}
	server := httptest.NewServer(stub)
	defer server.Close()
	withPassword := strings.Replace(server.URL, "http://", "http://ann:pa55word@", 1)
	for _, test := range []struct {
		args       []string
		code       int
		want, lack string
	}{
		{[]string{"-on", server.URL, "-token-file", token}, 1, "measured: ×1000 (a unit's factor)", "s3cret"},
		{[]string{"-on", server.URL}, 2, "diff: -on " + server.URL + ": ", "measured"},
		{[]string{"-on", withPassword}, 2, "401", "pa55word"},
		{[]string{"-on", server.URL, "-token-file", token + "2"}, 2, "diff: -token-file: ", "measured"},
	} {
		var stdout, stderr bytes.Buffer
		code := run(append(test.args, old, new), &stdout, &stderr)
		if said := stdout.String() + stderr.String(); code != test.code || !strings.Contains(said, test.want) || strings.Contains(said, test.lack) {
			t.Errorf("%q: exit %d\n%s%s", test.args, code, &stdout, &stderr)
		}
		if test.code == 2 && stdout.Len() > 0 {
			t.Errorf("%q prints a half: %s", test.args, &stdout)
		}
	}
}

// TestServerGoesAway: a server that no longer answers is an error, and the differences are told all the same.
func TestServerGoesAway(t *testing.T) {
	old, new := queues(t)
	stub := prometheus(t)
	var asked atomic.Int64
	stub.Refuse = func(w http.ResponseWriter, r *http.Request) bool {
		if asked.Add(1) == 1 {
			return false // the greeting
		}
		http.Error(w, "moved out", http.StatusForbidden)
		return true
	}
	server := httptest.NewServer(stub)
	defer server.Close()
	var stdout, stderr bytes.Buffer
	if code := run([]string{"-on", server.URL, old, new}, &stdout, &stderr); code != 2 ||
		!strings.Contains(stdout.String(), "1 changed query could not be evaluated") || !strings.Contains(stderr.String(), "moved out") {
		t.Errorf("exit %d\n%s%s", code, &stdout, &stderr)
	}
}

// TestInterruptOnServer: an interrupt ends the command while it waits for a server.
func TestInterruptOnServer(t *testing.T) {
	old, new := queues(t)
	stub := prometheus(t)
	ended := make(chan struct{})
	stub.Refuse = func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/query_range") {
			if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
				t.Error(err)
			}
			<-ended
		}
		return false
	}
	server := httptest.NewServer(stub)
	defer server.Close()
	var stdout, stderr bytes.Buffer
	code := run([]string{"-on", server.URL, old, new}, &stdout, &stderr)
	close(ended)
	if code != 2 || stdout.String() != "" || stderr.String() != "diff: interrupted\n" {
		t.Errorf("exit %d: %s%s", code, &stdout, &stderr)
	}
}

// TestNoAnswerOfRun: a query that is over a limit names the run, where it is not evaluated on a server.
func TestNoAnswerOfRun(t *testing.T) {
	data, err := filepath.Abs("../../dashboards/testdata/run.gz")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for name, expr := range map[string]string{"old.yml": "up", "new.yml": "up" + strings.Repeat(" + up", 3000)} {
		if err := os.WriteFile(name, []byte("groups:\n- name: g\n  rules:\n  - record: a\n    expr: "+expr+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr bytes.Buffer
	code := run([]string{"-on", data, "old.yml", "new.yml"}, &stdout, &stderr)
	if code != 2 || !strings.Contains(stderr.String(), "diff: -on "+data+": a question had no answer: ") {
		t.Errorf("exit %d: %s", code, stderr.String())
	}
}
