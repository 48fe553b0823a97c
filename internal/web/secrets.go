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

	patterns Replacer // of the values, when they were last asked for
}

// Add keeps a text secret, also in base64.
func (s *Secrets) Add(value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	coded := strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(value)), "=")
	codedInURL := strings.NewReplacer("+", "-", "/", "_").Replace(coded)
	for _, text := range []string{value, coded, codedInURL} {
		if text != "" && !slices.Contains(s.values, text) {
			s.values = append(s.values, text)
		}
	}
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
			if isSecret(name) && len(value) >= shortest {
				s.Add(value)
			}
		}
	}
}

const shortest = 6 // bytes

// AddHeader keeps a header's value secret, if it probably holds a credential; a tenant's name does not. Of "Bearer abc" the
// credential is abc, of several cookies each.
func (s *Secrets) AddHeader(name, value string) {
	if !isSecret(name) {
		return
	}
	scheme, credential, hasScheme := strings.Cut(value, " ")
	isLogin := strings.HasSuffix(strings.ToLower(name), "authorization")
	if hasScheme {
		s.Add(credential)
	}
	if !hasScheme || !isLogin {
		s.Add(value)
	}
	if strings.EqualFold(scheme, "Basic") {
		s.addBasic(credential)
	}
	for cookie := range strings.SplitSeq(value, ";") {
		_, content, _ := strings.Cut(cookie, "=")
		if content = strings.TrimSpace(content); !isLogin && len(content) >= shortest {
			s.Add(content)
		}
	}
}

// addBasic keeps the password secret that is in a user and password in base64.
func (s *Secrets) addBasic(coded string) {
	pair, err := base64.StdEncoding.DecodeString(coded)
	if _, password, ok := strings.Cut(string(pair), ":"); ok && err == nil {
		s.Add(password)
	}
}

// isSecret reports whether the name of a header or a parameter says that its value is secret.
func isSecret(name string) bool {
	name = strings.ToLower(name)
	words := []string{"auth", "cookie", "token", "key", "secret", "pass", "pwd", "session", "credential", "signature"}
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(name, word) })
}

// Replacer returns what replaces the secrets that are known now.
func (s *Secrets) Replacer() Replacer {
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.SortStableFunc(s.values, func(a, b string) int { return len(b) - len(a) }) // one can be a part of another
	if len(s.patterns) != len(s.values) {
		s.patterns = nil
		for _, value := range s.values {
			s.patterns = append(s.patterns, spelled(value))
		}
	}
	return s.patterns
}
