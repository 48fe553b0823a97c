package main

import (
	"bytes"
	"net/http/httptest"
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
