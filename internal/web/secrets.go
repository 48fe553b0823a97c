package web

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Secrets are texts that must never be printed. A server, for example, can repeat a token in its error. Several
// goroutines may use them.
type Secrets struct {
	// Also returns how else a text is spelled in what its owner prints; nil for no other way.
	Also func(text string) []string

	mu     sync.Mutex
	values []string
}

// Add keeps a text secret, in each of its spellings.
func (s *Secrets) Add(value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := spellings(value)
	if s.Also != nil {
		for _, spelling := range spellings(value) {
			all = append(all, s.Also(spelling)...)
		}
	}
	for _, spelling := range all {
		if spelling != "" && !slices.Contains(s.values, spelling) {
			s.values = append(s.values, spelling)
		}
	}
}

// spellings returns a text as it is written in a URL, in base64 and in HTML, and each of these in JSON.
func spellings(text string) []string {
	coded := strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(text)), "=")
	codedInURL := strings.NewReplacer("+", "-", "/", "_").Replace(coded)
	all := []string{text, url.QueryEscape(text), url.PathEscape(text), coded, codedInURL, html.EscapeString(text)}
	for _, spelling := range all {
		all = append(all, inJSON(spelling)...)
	}
	return all
}

// inJSON returns a text as JSON may have it between quotes.
func inJSON(text string) []string {
	escaped := &strings.Builder{}
	encoder := json.NewEncoder(escaped)
	for _, escapesHTML := range []bool{true, false} {
		encoder.SetEscapeHTML(escapesHTML)
		encoder.Encode(text) // of a text, into memory: never an error
	}
	var all []string
	for line := range strings.Lines(escaped.String()) {
		all = append(all, line[1:len(line)-2]) // without the quotes
	}
	return all
}

// AddURL keeps secret what logs in at a URL: the password, also together with the user, as it is sent; and values in the
// query whose names say so, unless they are so short that they are part of other words.
func (s *Secrets) AddURL(u *url.URL) {
	if password, ok := u.User.Password(); ok {
		s.Add(password)
		s.Add(u.User.Username() + ":" + password)
	}
	for name, values := range u.Query() {
		for _, value := range values {
			if isSecret(name) && len(value) >= shortestInQuery {
				s.Add(value)
			}
		}
	}
}

const shortestInQuery = 6

// AddHeader keeps a header's value secret, if it probably holds a credential; a tenant's name does not.
func (s *Secrets) AddHeader(name, value string) {
	if isSecret(name) {
		s.Add(value[strings.LastIndexByte(value, ' ')+1:]) // of "Bearer abc"
	}
}

// isSecret reports whether the name of a header or a parameter says that its value is secret.
func isSecret(name string) bool {
	name = strings.ToLower(name)
	words := []string{"authorization", "cookie", "token", "key", "secret", "password"}
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(name, word) })
}

// Replacer replaces secrets by xxxxx, as net/url does.
func (s *Secrets) Replacer() *strings.Replacer {
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.SortFunc(s.values, func(a, b string) int { return len(b) - len(a) }) // one can be a prefix of another
	var pairs []string
	for _, value := range s.values {
		pairs = append(pairs, value, "xxxxx")
	}
	return strings.NewReplacer(pairs...)
}
