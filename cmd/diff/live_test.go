package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"gaugewright/internal/diff/live/livetest"
)

// grafana is a command of the scripts: it starts a stand-in with the boards of some files and sets $URL. A board in a
// folder below the current one is in that folder of the server.
//
//	grafana [token=T] [user=U:P] [older] file ...
func grafana(ts *testscript.TestScript, _ bool, args []string) {
	server := &livetest.Server{}
	for _, arg := range args {
		name, value, _ := strings.Cut(arg, "=")
		switch name {
		case "token":
			server.Token = value
		case "user":
			server.User = value
		case "older":
			server.Older = true
		default:
			server.Boards = append(server.Boards, boardOf(ts, server, arg))
		}
	}
	listening := httptest.NewServer(server)
	ts.Defer(listening.Close)
	ts.Setenv("URL", listening.URL)
	ts.Setenv("HOST", strings.TrimPrefix(listening.URL, "http://"))
}

func boardOf(ts *testscript.TestScript, server *livetest.Server, path string) livetest.Board {
	text := ts.ReadFile(path)
	var spec struct{ UID string }
	ts.Check(json.Unmarshal([]byte(text), &spec))
	b := livetest.Board{UID: spec.UID, Spec: []byte(text)}
	if folder := filepath.Base(filepath.Dir(path)); folder != "." && folder != "server" {
		b.Folder = folder
		server.Folders = append(server.Folders, livetest.Folder{UID: folder, Title: "The " + folder})
	}
	return b
}

// TestInterruptLive: an interrupt ends the command while a server does not answer.
func TestInterruptLive(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			t.Error(err)
		}
		<-r.Context().Done()
	}))
	defer server.Close()
	source := filepath.Join(t.TempDir(), "a.json")
	if err := os.WriteFile(source, []byte(`{"uid": "a", "title": "A", "panels": []}`), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	if code := run([]string{"-live", server.URL, source}, &stdout, &stderr); code != 2 || stderr.String() != "diff: interrupted\n" || stdout.Len() > 0 {
		t.Errorf("exit %d: %s%s", code, &stdout, &stderr)
	}
}
