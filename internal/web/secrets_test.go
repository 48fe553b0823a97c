package web

import "testing"

// TestSecrets: a secret is replaced in each of its spellings, also where only some of its signs are escaped; the longest first.
func TestSecrets(t *testing.T) {
	var s Secrets
	for _, secret := range []string{"ab", "ab/c d", "<\"q", ""} {
		s.Add(secret)
	}
	for name, value := range map[string]string{"Authorization": "Basic eHl6", "X-Api-Key": "k3y", "X-Auth": "two words",
		"Cookie": "session=c00kie1; other=c00kie2", "X-Scope-OrgID": "shop", "Proxy-Authorization": "Basic bWU6aHVudGVy"} {
		s.AddHeader(name, value)
	}
	for text, want := range map[string]string{
		"ab/c d, ab, ab%2Fc+d, ab%2Fc%20d": "xxxxx, xxxxx, xxxxx, xxxxx",
		"Basic eHl6 k3y two words shop":    "Basic xxxxx xxxxx xxxxx shop",
		"session=c00kie1; or c00kie2":      "session=xxxxx; or xxxxx",
		"Basic bWU6aHVudGVy, hunter":       "Basic xxxxx, xxxxx",
		"YWI= YWIvYyBk YWIvYyBk%3D":        "xxxxx= xxxxx xxxxx%3D",
		`\u003c\"q <\"q &lt;&#34;q`:        "xxxxx xxxxx xxxxx",
		`ab%2fc d, ab\/c d, ab%252fc%20d`:  "xxxxx, xxxxx, xxxxx",
		`ab\u002Fc+d, ab&#x2f;c d`:         "xxxxx, xxxxx",
		"&amp;lt;&quot;q &;q":              "xxxxx &;q",
		"nothing":                          "nothing",
	} {
		if got := s.Replacer().Replace(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
