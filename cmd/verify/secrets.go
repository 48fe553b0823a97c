package main

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
)

// secrets are texts that must never be printed. A server, for example, can repeat a token in its error.
type secrets struct{ values []string }

func (s *secrets) add(value string) {
	for _, spelling := range []string{value, url.QueryEscape(value), url.PathEscape(value)} {
		if spelling != "" && !slices.Contains(s.values, spelling) {
			s.values = append(s.values, spelling)
		}
	}
}

// replacer replaces secrets by xxxxx, as net/url does.
func (s *secrets) replacer() *strings.Replacer {
	slices.SortFunc(s.values, func(a, b string) int { return len(b) - len(a) }) // one can be a prefix of another
	var pairs []string
	for _, value := range s.values {
		pairs = append(pairs, value, "xxxxx")
	}
	return strings.NewReplacer(pairs...)
}

// access holds how to connect to a Prometheus.
type access struct {
	tokenFile, headerFile, caFile string

	user    *url.Userinfo
	headers http.Header
}

// load reads the token and the headers from the files, or else from the environment.
func (a *access) load(s *secrets) error {
	token, err := fileOr(a.tokenFile, "PROMETHEUS_TOKEN")
	if err != nil {
		return fmt.Errorf("-token-file: %w", err)
	}
	lines, err := fileOr(a.headerFile, "PROMETHEUS_HEADERS")
	if err != nil {
		return fmt.Errorf("-header-file: %w", err)
	}
	a.headers = http.Header{}
	for number, line := range strings.Split(lines, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || strings.ContainsAny(name, " \t") {
			return fmt.Errorf("line %d of the headers: write Name: value", number+1)
		}
		value = strings.TrimSpace(value)
		a.headers.Add(name, value)
		if isSecret(name) {
			s.add(value)
			s.add(value[strings.LastIndexByte(value, ' ')+1:]) // of "Bearer abc"
		}
	}
	if token = strings.TrimSpace(token); token != "" {
		s.add(token)
		a.headers.Set("Authorization", "Bearer "+token)
	}
	return nil
}

// isSecret reports whether a header probably holds a credential; a tenant's name does not.
func isSecret(header string) bool {
	header = strings.ToLower(header)
	return slices.ContainsFunc([]string{"authorization", "cookie", "token", "key", "secret", "password"},
		func(word string) bool { return strings.Contains(header, word) })
}

func fileOr(path, variable string) (string, error) {
	if path == "" {
		return os.Getenv(variable), nil
	}
	text, err := os.ReadFile(path)
	return string(text), err
}
