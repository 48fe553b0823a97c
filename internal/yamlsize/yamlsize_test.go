package yamlsize

import (
	"fmt"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestCheck: a text of more values than the limit is refused, one of as many is not.
func TestCheck(t *testing.T) {
	for text, isRefused := range map[string]bool{
		"[" + strings.Repeat("0,", Most-3) + "0]":    false,
		"[" + strings.Repeat("0,", Most) + "0]":      true,
		strings.Repeat("- a\n", Most):                true,
		"a: |\n" + strings.Repeat("  text\n", 3e5):   false,
		"a: " + strings.Repeat("one long text", 1e6): false,
	} {
		if err := Check(text); (err != nil) != isRefused {
			t.Errorf("%.20q of %d bytes: %v", text, len(text), err)
		}
	}
}

// TestValues: no text has more values than twice the bound, whatever they are.
func TestValues(t *testing.T) {
	for _, text := range []string{"a", "{a: b}", "{a, b, c}", "[[], {}, [a]]", "- - - a\n- b", "? a\n? b", "a: b\nc:\n  - d: e\n    f: [g, h: i]\n",
		"[a: b, c: d]", `{"a":"b","c":{"d":1}}`, "? {a: b}\n: - c\n", "&a [*a, *a]", "[? a, ? b]", "a:\n- b\n-\n- c", "a:\rb:\rc:\r", "a:\r\nb:\r\n"} {
		var n yaml.Node
		if err := yaml.Unmarshal([]byte(text), &n); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if got := nodes(&n) - 1; got > 2*values(text) { // without the document
			t.Errorf("%q has %d values, and the bound is %d", text, got, values(text))
		}
	}
}

func nodes(n *yaml.Node) int {
	sum := 1
	for _, child := range n.Content {
		sum += nodes(child)
	}
	return sum
}

// TestCheckAll: an object with more keys than the limit is refused in any document and at any depth.
func TestCheckAll(t *testing.T) {
	object := func(keys int) string {
		var out strings.Builder
		for i := range keys {
			fmt.Fprintf(&out, "    k%d: a\n", i)
		}
		return "a:\n  b:\n" + out.String()
	}
	for text, want := range map[string]string{
		object(mostKeys):                             "",
		object(mostKeys + 1):                         "line 3: more than 2000 keys, the limit of an object",
		"a: {" + strings.Repeat("b, ", 30_000) + "}": "line 1: more than 2000 keys",
		"a: {" + strings.Repeat("b, ", 1000) + "}":   `line 1: mapping key "b" already defined at line 1`,
		"[{a, b: {a}}, {a, a: c}]":                   `mapping key "a" already defined`,
		"c: d\n---\n" + object(mostKeys+1):           "line 5: more than 2000 keys",
		object(mostKeys) + "]":                       "", // a mistake, for its reader to name
		"[" + strings.Repeat("0,", Most) + "0]":      "YAML of more than 1048576 values",
	} {
		if err := CheckAll([]byte(text)); (err != nil) != (want != "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q of %d bytes: %v, want %s", text, len(text), err, want)
		}
	}
}
