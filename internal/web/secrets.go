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
	mu     sync.Mutex
	values []string
}

// Add keeps a text secret, in each of its spellings.
func (s *Secrets) Add(value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, spelling := range spellings(value) {
		if spelling != "" && !slices.Contains(s.values, spelling) {
			s.values = append(s.values, spelling)
		}
	}
}

// spellings returns a text as it is written in a URL, in base64, in JSON and in HTML.
func spellings(text string) []string {
	coded := strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(text)), "=")
	codedInURL := strings.NewReplacer("+", "-", "/", "_").Replace(coded)
	escaped := &strings.Builder{}
	inJSON := json.NewEncoder(escaped)
	for _, escapesHTML := range []bool{true, false} {
		inJSON.SetEscapeHTML(escapesHTML)
		inJSON.Encode(text) // of a text, into memory: never an error
	}
	all := []string{text, url.QueryEscape(text), url.PathEscape(text), coded, codedInURL, html.EscapeString(text)}
	for line := range strings.Lines(escaped.String()) {
		all = append(all, line[1:len(line)-2]) // without the quotes
	}
	return all
}

// AddHeader keeps a header's value secret, if it probably holds a credential; a tenant's name does not.
func (s *Secrets) AddHeader(name, value string) {
	name = strings.ToLower(name)
	words := []string{"authorization", "cookie", "token", "key", "secret", "password"}
	if slices.ContainsFunc(words, func(word string) bool { return strings.Contains(name, word) }) {
		s.Add(value[strings.LastIndexByte(value, ' ')+1:]) // of "Bearer abc"
	}
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
