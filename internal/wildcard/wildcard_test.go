package wildcard

import (
	"regexp"
	"strings"
	"testing"
)

// TestMatch: as a regular expression matches.
func TestMatch(t *testing.T) {
	for _, pattern := range []string{"", "*", "a", "a*", "*a", "a*a", "a*b*a", "*a*b*", "**", "ab*ba", "a*ab*b"} {
		pieces := strings.Split(pattern, "*")
		want := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*") + "$")
		for _, text := range []string{"", "a", "b", "aa", "ab", "ba", "aba", "abba", "abab", "aab", "aabb", "bab", "xaxbx"} {
			if got := Match(pieces, text); got != want.MatchString(text) {
				t.Errorf("%q with %q: %v", text, pattern, got)
			}
		}
	}
	if Match(nil, "") {
		t.Error("no pieces match")
	}
}

// TestLarge: a pattern that a regular expression refuses as too large.
func TestLarge(t *testing.T) {
	pieces := strings.Split(strings.Repeat("a*", 2<<20), "*")
	if !Match(pieces, strings.Repeat("a", 2<<20)) || Match(pieces, strings.Repeat("a", 2<<20-1)) {
		t.Error("wrong")
	}
}
