package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaugewright/internal/web/webtest"
)

// TestNoSecret: whatever a server says, and in whatever spelling it repeats the log-in, none of it is printed. Another
// server is not asked.
func TestNoSecret(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	source := write("a.json", `{"uid": "a", "title": "A", "panels": []}`)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%s was asked", r.URL) }))
	defer elsewhere.Close()
	for _, secret := range []string{"glsa_Ab3dEf9hIj_1a2b", "s3cr/t+word%", `s3 cr"t\`} {
		encoded := base64.StdEncoding.EncodeToString([]byte(secret))
		inJSON, err := json.Marshal(secret)
		if err != nil {
			t.Fatal(err)
		}
		spellings := []string{secret, encoded, url.QueryEscape(secret), url.PathEscape(secret), base64.URLEncoding.EncodeToString([]byte(secret)),
			strings.Trim(string(inJSON), `"`), html.EscapeString(secret)}
		var answer func(w http.ResponseWriter, said string)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if sent := r.Header.Get("Authorization"); sent != "Bearer "+secret && !strings.HasPrefix(sent, "Basic ") {
				t.Errorf("%q was sent", sent)
			}
			answer(w, strings.Join(spellings[:5], " ")+" "+r.Header.Get("Authorization"))
		}))
		withUser := "http://me:" + url.QueryEscape(secret) + "@" + strings.TrimPrefix(server.URL, "http://")
		basic := base64.StdEncoding.EncodeToString([]byte("me:" + secret))
		for name, says := range answers(elsewhere.URL) {
			answer = says
			for _, args := range [][]string{
				{"-live", server.URL, source},
				{"-live", server.URL, "-live-token-file", write("token", secret+"\n"), "-format", "markdown", source},
				{"-live", server.URL, "-format", "json", source},
				{"-live", strings.ReplaceAll(withUser, "+", "%20"), "-format", "github", source},
			} {
				t.Setenv("GRAFANA_TOKEN", secret)
				var stdout, stderr bytes.Buffer
				code := run(args, &stdout, &stderr)
				printed := stdout.String() + stderr.String()
				if code == 0 || printed == "" {
					t.Errorf("%s, %s: exit %d", name, args[3:], code)
				}
				for _, spelling := range append(spellings, strings.TrimRight(basic, "="), secret[:6], encoded[:8]) {
					if strings.Contains(printed, spelling) {
						t.Errorf("%s, %s: %q is printed: %s", name, args[2:], spelling, printed)
					}
				}
			}
		}
		server.Close()
	}
}

// answers are those of a server that repeats what it was sent.
func answers(elsewhere string) map[string]func(http.ResponseWriter, string) {
	all := map[string]func(http.ResponseWriter, string){
		"a page": func(w http.ResponseWriter, said string) { fmt.Fprintf(w, "<html>%s", said) },
		"a redirect": func(w http.ResponseWriter, said string) {
			w.Header().Set("Location", elsewhere+"/?"+url.QueryEscape(said))
			w.WriteHeader(http.StatusFound)
		},
		"boards": func(w http.ResponseWriter, said string) {
			json.NewEncoder(w).Encode(map[string]any{
				"versions": []any{map[string]string{"version": "v1"}}, "namespace": "default",
				"items": []any{
					map[string]any{"metadata": map[string]any{"name": "a"}, "spec": map[string]any{"title": said, "description": said, "panels": []any{}}},
					map[string]any{"metadata": map[string]any{"name": said}, "spec": map[string]any{"title": said, "panels": []any{}}},
					map[string]any{"metadata": map[string]any{"name": "b"}, "status": map[string]any{"conversion": map[string]any{"failed": true, "error": said}}},
				},
			})
		},
	}
	for _, status := range []int{400, 401, 403, 404, 501} {
		all[fmt.Sprint(status)] = func(w http.ResponseWriter, said string) { http.Error(w, said, status) }
		all[fmt.Sprint(status, " in JSON")] = func(w http.ResponseWriter, said string) {
			w.WriteHeader(status)
			json.NewEncoder(w).Encode(map[string]string{"message": said})
		}
	}
	return all
}

// TestNoSecretOfData: nor is the log-in of the server whose data -on names.
func TestNoSecretOfData(t *testing.T) {
	base, head := t.TempDir(), t.TempDir()
	for folder, query := range map[string]string{base: "a", head: "b"} {
		board := fmt.Sprintf(`{"uid": "a", "panels": [{"id": 1, "title": "A", "type": "stat", "targets": [{"refId": "A", "expr": %q}]}]}`, query)
		if err := os.WriteFile(filepath.Join(folder, "board.json"), []byte(board), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	webtest.Cases(t, func(t *testing.T, secret string, server *httptest.Server) {
		for _, format := range []string{"text", "markdown", "json"} {
			var out bytes.Buffer
			run([]string{"-on", webtest.Address(server, secret), "-format", format, base, head}, &out, &out)
			webtest.Hides(t, secret, out.String())
		}
	})
}
