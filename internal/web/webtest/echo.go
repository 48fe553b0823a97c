// Package webtest has a server that repeats the log-in that it was sent, and looks for it in what a command printed. It is for
// the tests of commands.
package webtest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// User is who logs in.
const User = "me"

// Secrets are log-ins of all kinds: with signs that are escaped in URLs, JSON, HTML, Markdown, and a workflow's commands.
var Secrets = []string{"glsa_Ab3dEf9hIj_1a2b", "s3cr/t+word%25*x", `s3 cr"t\<a>&|b`}

// Echo starts a server that answers with a status, and repeats the log-in in every spelling after so many other bytes: as text
// or as an API's error in JSON.
func Echo(t *testing.T, secret string, status, before int, inJSON bool) *httptest.Server {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("query") == "vector(1)" { // it knows how to greet
			w.Write([]byte(`{"status":"success","data":{"resultType":"vector","result":[]}}`))
			return
		}
		said := strings.Repeat("x", before) + strings.Join(spellings(secret), " ") + " " + r.Header.Get("Authorization")
		if inJSON {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			json.NewEncoder(w).Encode(map[string]string{"status": "error", "errorType": "bad_data", "error": said})
			return
		}
		http.Error(w, said, status)
	}))
	t.Cleanup(server.Close)
	return server
}

// Address is a server's address with the log-in in it.
func Address(server *httptest.Server, secret string) string {
	u, err := url.Parse(server.URL)
	if err != nil {
		panic(err) // httptest made it
	}
	u.User = url.UserPassword(User, secret)
	return u.String()
}

// Cases calls do with servers that refuse in all manners.
func Cases(t *testing.T, do func(t *testing.T, secret string, server *httptest.Server)) {
	for _, secret := range Secrets {
		for _, status := range []int{400, 401, 403, 404} {
			for _, before := range []int{0, 100, 112, 155, 500, 4085} {
				for _, inJSON := range []bool{false, true} {
					t.Run(fmt.Sprint(status, " after ", before, inJSON), func(t *testing.T) {
						do(t, secret, Echo(t, secret, status, before, inJSON))
					})
				}
			}
		}
	}
}

// Hides fails the test if a part of the secret was printed in some spelling, or nothing was printed at all.
func Hides(t *testing.T, secret, printed string) {
	t.Helper()
	if printed == "" {
		t.Error("nothing was printed")
	}
	pair := base64.StdEncoding.EncodeToString([]byte(User + ":" + secret))
	alone := base64.StdEncoding.EncodeToString([]byte(secret))
	markdown := strings.NewReplacer("_", `\_`, "*", `\*`).Replace(secret)
	for _, spelling := range append(spellings(secret), secret[:6], pair[:8], alone[:8], markdown[:7]) {
		if strings.Contains(printed, strings.TrimRight(spelling, "=")) {
			t.Errorf("%q is printed:\n%s", spelling, printed)
		}
	}
}

// lowered finds the escapes of a URL, which some programs write in small letters.
var lowered = regexp.MustCompile(`%[0-9A-F]{2}`)

// spellings returns the secret, alone and with the user, as programs write it.
func spellings(secret string) []string {
	var all []string
	for _, text := range []string{secret, User + ":" + secret} {
		inJSON, err := json.Marshal(text)
		if err != nil {
			panic(err) // of a text
		}
		all = append(all, text, base64.StdEncoding.EncodeToString([]byte(text)), base64.URLEncoding.EncodeToString([]byte(text)),
			url.QueryEscape(text), url.PathEscape(text), strings.Trim(string(inJSON), `"`), html.EscapeString(text),
			lowered.ReplaceAllStringFunc(url.QueryEscape(text), strings.ToLower), strings.ReplaceAll(text, "/", `\/`))
	}
	return all
}
