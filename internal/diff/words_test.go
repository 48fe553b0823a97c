package diff

import (
	"strings"
	"testing"
)

// TestWords: what changed in a query is shown by its words, as git diff --word-diff does, or in colors.
func TestWords(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"up", "up", "up"},
		{"rate(a[5m])", "rate(a[1m])", "rate(a[[-5m-]{+1m+}])"},
		{"sum(a)", "sum by (b) (a)", "sum{+ by (b) +}(a)"},
		{`a{x="1"}`, `a{x="1",y=~"2|3"}`, `a{x="1"{+,y=~"2|3"+}}`},
		{"a > 1", "a >= 1", "a [->-]{+>=+} 1"},
		{"One two three.", "Four five three.", "[-One two-]{+Four five+} three."},
		{"", "a", "{+a+}"},
		{"a", "", "[-a-]"},
		{"a\nb", "a\n\x1bc", `a [-b-]{+\x1bc+}`},
	} {
		if got := pen(false).words(wordDiff(c.old, c.new, nil)); got != c.want {
			t.Errorf("%q and %q: got %s, want %s", c.old, c.new, got, c.want)
		}
	}
	if got := pen(true).words(wordDiff("a[5m]", "a[1m]", nil)); got != "a[\x1b[31m5m\x1b[0m\x1b[32m1m\x1b[0m]" {
		t.Errorf("in color: %q", got)
	}
	long := strings.Repeat("same ", 100)
	if got := pen(false).words(wordDiff(long+"a "+long, long+"b "+long, nil)); len(got) > 150 || !strings.Contains(got, "[-a-]{+b+}") {
		t.Errorf("what did not change is not shortened: %s", got)
	}
}
