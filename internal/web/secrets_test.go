package web

import "testing"

// TestSecrets: a secret is replaced in each of its spellings, the longest first.
func TestSecrets(t *testing.T) {
	var s Secrets
	for _, secret := range []string{"ab", "ab/c d", "<\"q", ""} {
		s.Add(secret)
	}
	for name, value := range map[string]string{"Authorization": "Basic eHl6", "X-Api-Key": "k3y", "Cookie": "c00kie", "X-Scope-OrgID": "shop"} {
		s.AddHeader(name, value)
	}
	for text, want := range map[string]string{
		"ab/c d, ab, ab%2Fc+d, ab%2Fc%20d": "xxxxx, xxxxx, xxxxx, xxxxx",
		"Basic eHl6 k3y c00kie shop":       "Basic xxxxx xxxxx xxxxx shop",
		"YWI= YWIvYyBk YWIvYyBk%3D":        "xxxxx= xxxxx xxxxx%3D",
		`\u003c\"q <\"q &lt;&#34;q`:        "xxxxx xxxxx xxxxx",
		"nothing":                          "nothing",
	} {
		if got := s.Replacer().Replace(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
