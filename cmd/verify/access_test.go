package main

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// allow makes the server ask who is there, unless the request is allowed.
func allow(allows func(*http.Request) bool) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		isAllowed := allows(r)
		if !isAllowed {
			http.Error(w, "who are you? "+r.Header.Get("Authorization"), http.StatusUnauthorized)
		}
		return !isAllowed
	}
}

// TestCredentials: token and headers go only to the named server, and are never printed.
func TestCredentials(t *testing.T) {
	stub := newStub(t)
	stub.Refuse = allow(func(r *http.Request) bool {
		return r.Header.Get("Authorization") == "Bearer s3cret" && r.Header.Get("X-Scope-OrgID") == "shop"
	})
	server := httptest.NewServer(stub)
	defer server.Close()
	t.Setenv("PROMETHEUS_TOKEN", "s3cret")
	t.Setenv("PROMETHEUS_HEADERS", "X-Scope-OrgID: shop\nX-Api-Key: k3y")
	if code, out, complaint := asked(t, server.URL); code != 1 || complaint != "" {
		t.Errorf("exit %d, %s%s", code, out, complaint)
	}

	stub.Refuse = allow(func(*http.Request) bool { return false })
	code, out, complaint := asked(t, server.URL)
	if code != 2 || !strings.Contains(complaint, "401") || !strings.Contains(complaint, "who are you? Bearer xxxxx") {
		t.Errorf("exit %d, %s%s", code, out, complaint)
	}

	var stolen []string
	thief := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		stolen = append(stolen, r.Header.Get("Authorization"))
	}))
	defer thief.Close()
	lure := httptest.NewServer(http.RedirectHandler(thief.URL+"/?t=s3cret", http.StatusTemporaryRedirect))
	defer lure.Close()
	code, _, complaint = asked(t, lure.URL)
	if code != 2 || stolen != nil || strings.Contains(complaint, "s3cret") || !strings.Contains(complaint, "it redirects to "+thief.URL) {
		t.Errorf("exit %d, %q, the other server was given %q", code, complaint, stolen)
	}
}

// TestAccess: a token file, basic authentication in the address, and a certificate that needs -ca-file.
func TestAccess(t *testing.T) {
	stub := newStub(t)
	server := httptest.NewTLSServer(stub)
	defer server.Close()
	folder := t.TempDir()
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	for name, text := range map[string]string{"ca": string(certificate), "token": "s3cret\n", "headers": "# none\nX-A: b\n", "bad": "X"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, complaint := asked(t, server.URL); code != 2 || !strings.Contains(complaint, "certificate") {
		t.Errorf("without the certificate: exit %d, %s", code, complaint)
	}
	stub.Refuse = allow(func(r *http.Request) bool {
		return r.Header.Get("Authorization") == "Bearer s3cret" && r.Header.Get("X-A") == "b"
	})
	args := []string{"-ca-file", folder + "/ca", "-token-file", folder + "/token", "-header-file", folder + "/headers"}
	if code, out, complaint := asked(t, server.URL, args...); code != 1 || complaint != "" {
		t.Errorf("exit %d, %s%s", code, out, complaint)
	}
	stub.Refuse = allow(func(r *http.Request) bool {
		user, password, _ := r.BasicAuth()
		return user == "me" && password == "hunter2"
	})
	withUser := strings.Replace(server.URL, "://", "://me:hunter2@", 1)
	if code, out, complaint := asked(t, withUser, "-ca-file", folder+"/ca"); code != 1 || complaint != "" {
		t.Errorf("exit %d, %s%s", code, out, complaint)
	}
	for flag, want := range map[string]string{
		"-token-file":  "-token-file: open " + folder + "/no",
		"-header-file": "-header-file: open " + folder + "/no",
		"-ca-file":     "-ca-file: open " + folder + "/no",
	} {
		if code, _, complaint := asked(t, server.URL, flag, folder+"/no"); code != 2 || !strings.Contains(complaint, want) {
			t.Errorf("exit %d, %s", code, complaint)
		}
	}
	if code, _, complaint := asked(t, server.URL, "-header-file", folder+"/bad"); code != 2 ||
		!strings.Contains(complaint, "line 1 of the headers: write Name: value") {
		t.Errorf("exit %d, %s", code, complaint)
	}
}
