package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"
)

// TestRedact: a refusal has no secret, also where it is cut off; data is left alone.
func TestRedact(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   io.Reader
		want   string
	}{
		"data":    {200, strings.NewReader("hunter22"), "hunter22"},
		"refused": {401, strings.NewReader("not hunter22, bWU6aHVudGVyMjI="), "not xxxxx, xxxxx="},
		"endless": {500, io.MultiReader(strings.NewReader("hunter22 "+strings.Repeat("x", maxRefusal-12)), strings.NewReader("hunter22")),
			"xxxxx " + strings.Repeat("x", maxRefusal-12)},
		"broken": {500, io.MultiReader(strings.NewReader("hunt"), iotest.ErrReader(errors.New("cut off"))), ""},
	} {
		t.Run(name, func(t *testing.T) {
			var secrets Secrets
			secrets.AddURL(&url.URL{User: url.UserPassword("me", "hunter22")})
			r := &http.Response{StatusCode: test.status, Status: "hunter22", Body: io.NopCloser(test.body)}
			Redact(r, &secrets)
			got, _ := io.ReadAll(r.Body)
			if !strings.HasPrefix(test.want, string(got)) || len(test.want) < unsureEnd && string(got) != test.want {
				t.Errorf("%.100q, want %.100q", got, test.want)
			}
			if isRedacted := r.Status == "xxxxx"; isRedacted != (test.status >= 300) {
				t.Errorf("status %q", r.Status)
			}
		})
	}
}

// TestAddURL: what logs in at a URL is secret; what only looks so is not.
func TestAddURL(t *testing.T) {
	var s Secrets
	s.AddURL(&url.URL{User: url.UserPassword("me", "a_word"), RawQuery: "api_key=k3y_word&token=1&job=shop_job"})
	for text, want := range map[string]string{
		`a_word a\_word k3y_word k3y\_word`: "xxxxx xxxxx xxxxx xxxxx",
		"bWU6YV93b3Jk, me%3Aa_word":         "xxxxx, xxxxx",
		"1 shop_job me":                     "1 shop_job me",
	} {
		if got := s.Replacer().Replace(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
