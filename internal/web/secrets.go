package web

import (
	"encoding/base64"
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

// Add keeps a text secret, also as it is written in a URL and in base64.
func (s *Secrets) Add(value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	coded := strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(value)), "=")
	inURL := strings.NewReplacer("+", "-", "/", "_").Replace(coded)
	for _, spelling := range []string{value, url.QueryEscape(value), url.PathEscape(value), coded, inURL} {
		if spelling != "" && !slices.Contains(s.values, spelling) {
			s.values = append(s.values, spelling)
		}
	}
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
