package provision

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzUnescapeHTML: the text still means the same, and none of the three characters is left escaped.
func FuzzUnescapeHTML(f *testing.F) {
	for _, text := range []string{`rate(x[5m]) < 2 and y > 1 & z`, `\u003c`, `\\u003c<`, `\`, `"`, "\u2028<\x00>", "<\\", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		escaped, err := json.Marshal(map[string]string{"text": text})
		if err != nil {
			t.Skip(err)
		}
		var before, after map[string]string
		plain := unescapeHTML(escaped)
		if err := json.Unmarshal(plain, &after); err != nil {
			t.Fatalf("%q became %q: %v", escaped, plain, err)
		}
		if err := json.Unmarshal(escaped, &before); err != nil {
			t.Fatal(err)
		}
		if after["text"] != before["text"] {
			t.Errorf("%q became %q", before["text"], after["text"])
		}
		for _, c := range "<>&" {
			if strings.Count(string(plain), string(c)) != strings.Count(text, string(c)) {
				t.Errorf("%q: %c is still escaped", plain, c)
			}
		}
	})
}

// FuzzUnescapeAnything: bytes that are not JSON do no harm.
func FuzzUnescapeAnything(f *testing.F) {
	f.Add([]byte(`\`))
	f.Add([]byte(`\u003`))
	f.Fuzz(func(t *testing.T, text []byte) { unescapeHTML(text) })
}
