package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaugewright/internal/web/webtest"
)

// TestNoSecret: however a server repeats the log-in, no part of it is printed.
func TestNoSecret(t *testing.T) {
	webtest.Cases(t, func(t *testing.T, secret string, server *httptest.Server) {
		var out bytes.Buffer
		if code := run([]string{webtest.Address(server, secret) + "/?token=" + webtest.Secrets[0]}, &out, &out); code != 2 {
			t.Errorf("exit code %d", code)
		}
		webtest.Hides(t, secret, out.String())
		webtest.Hides(t, webtest.Secrets[0], out.String())
	})
}

// TestNoSecretOfAPage: a page that repeats the log-in gets into no catalogue with it.
func TestNoSecretOfAPage(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		fmt.Fprintf(w, "# HELP a_total For %s:%s, who sent %s\n# TYPE a_total counter\na_total{of=%q} 1\n", user, password, r.Header.Get("Authorization"), password)
	}))
	defer server.Close()
	const secret = "hunter2hunter2"
	page := webtest.Address(server, secret)
	file := filepath.Join(t.TempDir(), "echo.go")
	var out bytes.Buffer
	for _, args := range [][]string{{page}, {"-o", file, "-package", "echo", page}, {"-check", "-o", file, page}} {
		if code := run(args, &out, &out); code != 0 {
			t.Fatalf("%q: exit code %d: %s", args, code, &out)
		}
	}
	written, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(written), "a_total") {
		t.Fatalf("%v: %s", err, written)
	}
	webtest.Hides(t, secret, out.String()+string(written))
}
