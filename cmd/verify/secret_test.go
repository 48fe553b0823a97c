package main

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"gaugewright/internal/web/webtest"
)

// TestNoSecret: however a server repeats the log-in, no part of it is printed, in any format.
func TestNoSecret(t *testing.T) {
	board := filepath.Join(t.TempDir(), "board.json")
	if err := os.WriteFile(board, []byte(`{"panels": [{"id": 1, "title": "A", "targets": [{"expr": "a"}]}]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	webtest.Cases(t, func(t *testing.T, secret string, server *httptest.Server) {
		address := webtest.Address(server, secret)
		for _, args := range [][]string{{"-target", address}, {"-prometheus", address, "-format", "markdown"}} {
			var out bytes.Buffer
			if code := run(append(args, "-boards", board), &out, &out); code != 2 {
				t.Errorf("exit code %d", code)
			}
			webtest.Hides(t, secret, out.String())
		}
		t.Setenv("PROMETHEUS_TOKEN", secret)
		var out bytes.Buffer
		run([]string{"-prometheus", server.URL, "-boards", board, "-v", "-format", "github"}, &out, &out)
		webtest.Hides(t, secret, out.String())
	})
}
