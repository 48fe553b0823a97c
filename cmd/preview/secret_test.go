package main

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"gaugewright/internal/web/webtest"
)

// TestNoSecret: however a server repeats the log-in, no part of it is printed.
func TestNoSecret(t *testing.T) {
	dir := t.TempDir()
	board, rules := filepath.Join(dir, "board.json"), filepath.Join(dir, "rules.yml")
	for path, text := range map[string]string{
		board: `{"panels": []}`, rules: "groups: [{name: a, rules: [{alert: A, expr: a > 0}]}]",
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	webtest.Cases(t, func(t *testing.T, secret string, server *httptest.Server) {
		for _, flag := range []string{"-target", "-prometheus"} {
			var out bytes.Buffer
			run([]string{"-alerts", flag, webtest.Address(server, secret), "-boards", board, "-rules", rules}, &out, &out)
			webtest.Hides(t, secret, out.String())
		}
	})
}
