package source

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaugewright/internal/source/sourcetest"
	"gaugewright/internal/web"
)

// TestConfigured: each way to log in of promtool's HTTP configuration reaches the server, and is never printed.
func TestConfigured(t *testing.T) {
	stub, err := sourcetest.New()
	if err != nil {
		t.Fatal(err)
	}
	var want, sent string
	stub.Refuse = func(w http.ResponseWriter, r *http.Request) bool {
		user, password, _ := r.BasicAuth()
		sent = strings.Join([]string{r.Header.Get("Authorization"), user + ":" + password, r.Header.Get("X-Api-Key"), r.Header.Get("X-Scope-Orgid")}, " | ")
		if isAllowed := strings.Contains(sent, want) && want != ""; isAllowed {
			return false
		}
		http.Error(w, "you sent "+sent, http.StatusUnauthorized)
		return true
	}
	server := httptest.NewServer(stub)
	defer server.Close()
	tokens := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		_, secret, _ := r.BasicAuth()
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]any{"access_token": "t0ken-for-" + secret, "token_type": "Bearer", "expires_in": 3600})
	}))
	defer tokens.Close()
	proxy := httptest.NewServer(stub)
	defer proxy.Close()
	folder := t.TempDir()
	for name, text := range map[string]string{"password": "hunter2\n", "token": "s3cret\n", "key": "k3y\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct{ config, sent, secret string }{
		"basic":               {"basic_auth: {username: me, password: hunter2}", "me:hunter2", "hunter2"},
		"basic, file":         {"basic_auth: {username: me, password_file: password}", "me:hunter2", "hunter2"},
		"token":               {"authorization: {credentials: s3cret}", "Bearer s3cret", "s3cret"},
		"token, file":         {"authorization: {type: Token, credentials_file: token}", "Token s3cret", "s3cret"},
		"token, old name":     {"bearer_token_file: token", "Bearer s3cret", "s3cret"},
		"OAuth2":              {"oauth2: {client_id: me, client_secret: hunter2, token_url: '" + tokens.URL + "'}", "Bearer t0ken-for-hunter2", "t0ken-for-hunter2"},
		"headers":             {"http_headers: {X-Api-Key: {secrets: [k3y]}, X-Scope-OrgID: {values: [shop]}}", "k3y | shop", "k3y"},
		"headers, file":       {"http_headers: {X-Api-Key: {files: [key]}}", "k3y", "k3y"},
		"proxy with password": {"proxy_url: 'http://p:pr0xy@" + strings.TrimPrefix(proxy.URL, "http://") + "'\nauthorization: {credentials: s3cret}", "Bearer s3cret", "pr0xy"},
	} {
		file := filepath.Join(folder, "http.yml")
		if err := os.WriteFile(file, []byte(test.config), 0o600); err != nil {
			t.Fatal(err)
		}
		var secrets web.Secrets
		access := Access{ConfigFile: file}
		if err := access.Load(&secrets); err != nil {
			t.Fatal(name, err)
		}
		want = test.sent
		if _, err := opened(t.Context(), server.URL, access); err != nil {
			t.Errorf("%s: %v; want %s", name, err, test.sent)
		}
		want = "" // the server repeats what was sent
		_, err := opened(t.Context(), server.URL, access)
		if err == nil {
			t.Errorf("%s: the server refused, and nobody noticed", name)
			continue
		}
		said := secrets.Replacer().Replace(err.Error() + test.secret)
		if strings.Contains(said, test.secret) || strings.Contains(said, "hunter2") {
			t.Errorf("%s: printed %s", name, said)
		}
	}
}

// TestWrongAccess: what cannot be read, and what logs in twice, is refused with the file's name but without its secrets.
func TestWrongAccess(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "http.yml")
	for name, test := range map[string]struct {
		config string
		access Access
		want   string
	}{
		"no file":        {"", Access{ConfigFile: folder + "/no"}, "-http-config: open "},
		"unknown field":  {"basic: {}", Access{ConfigFile: file}, "field basic not found"},
		"not a list":     {"basic_auth: hunter2", Access{ConfigFile: file}, "cannot unmarshal"},
		"two ways":       {"basic_auth: {username: me}\nauthorization: {credentials: x}", Access{ConfigFile: file}, "at most one of"},
		"secret file":    {"basic_auth: {username: me, password_file: no}", Access{ConfigFile: file}, "no such file"},
		"and a token":    {"basic_auth: {username: me}", Access{ConfigFile: file, TokenFile: "t"}, "-token-file and -http-config"},
		"and a user":     {"basic_auth: {username: me}", Access{ConfigFile: file, User: url.User("me")}, "both log in"},
		"and a CA":       {"follow_redirects: true", Access{ConfigFile: file, CAFile: "ca"}, "ca_file under tls_config"},
		"no token file":  {"", Access{TokenFile: folder + "/no"}, "-token-file: open "},
		"no header file": {"", Access{HeaderFile: folder + "/no"}, "-header-file: open "},
	} {
		if err := os.WriteFile(file, []byte(test.config), 0o600); err != nil {
			t.Fatal(err)
		}
		err := test.access.Load(&web.Secrets{})
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}
