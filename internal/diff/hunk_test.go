package diff

import (
	"slices"
	"strings"
	"testing"
)

func TestHunk(t *testing.T) {
	metrics := "rate(go_memstats_alloc_bytes_total{instance=~\"$instance\",job=~\"$job\"}"
	for _, c := range []struct {
		name, old, new string
		want           []string
	}{
		{"short", "rate(a[5m])", "rate(a[1m])", []string{"- rate(a[5m])", "+ rate(a[1m])"}},
		{"long", "topk($show, " + metrics + "[5m]) or x offset " + metrics + "[5m])", "topk($show, " + metrics + "[1m]) or x offset " + metrics + "[5m])",
			[]string{"- topk($show, rate(go_memstats_alloc_bytes_total{instance=~\"$instance\",job=~\"$job\"}[5m])",
				"+ topk($show, rate(go_memstats_alloc_bytes_total{instance=~\"$instance\",job=~\"$job\"}[1m])",
				"  or x offset rate(go_memstats_alloc_bytes_total{instance=~\"$instance\",job=~\"$job\"}[5m])"}},
		{"lines", "a\n+ b\nand c", "a\n+ d\nand c", []string{"  a", "- + b", "+ + d", "  and c"}},
		{"came", "", "a\nb", []string{"+ a", "+ b"}},
		{"went", "a b", "", []string{"- a b"}},
		{"a line came", "a\nb", "a\nx\nb", []string{"  a", "+ x", "  b"}},
	} {
		if got := hunk(wordDiff(c.old, c.new, nil)); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// FuzzHunk: a hunk has all of both sides, but for spaces at the ends of lines.
func FuzzHunk(f *testing.F) {
	f.Add("rate(a[5m])", "rate(a[1m])")
	f.Add("a\n\n b,c", "a \n d,c")
	f.Fuzz(func(t *testing.T, old, new string) {
		if oneLine(old) != strings.ReplaceAll(old, "\n", " ") || oneLine(new) != strings.ReplaceAll(new, "\n", " ") {
			t.Skip("shown with escapes")
		}
		sides := map[byte]string{}
		for _, line := range hunk(wordDiff(old, new, nil)) {
			if line[0] != '+' {
				sides['-'] += strings.TrimPrefix(line[1:], " ")
			}
			if line[0] != '-' {
				sides['+'] += strings.TrimPrefix(line[1:], " ")
			}
		}
		bare := strings.NewReplacer(" ", "", "\n", "").Replace
		if bare(sides['-']) != bare(old) || bare(sides['+']) != bare(new) {
			t.Errorf("%q, %q: lost\n%q", old, new, hunk(wordDiff(old, new, nil)))
		}
	})
}
