package query

import (
	"fmt"
	"strings"
	"testing"
)

// outline writes a tree: each part with its kind and how it is written.
func outline(q *Query, p *Part, indent string) string {
	text := fmt.Sprintf("%s%s %s\n", indent, p.Kind, q.Written(p))
	for _, below := range p.Parts {
		text += outline(q, below, indent+"\t")
	}
	return text
}

// TestTree: the parts have their places in the text as it is written, with variables and without parentheses.
func TestTree(t *testing.T) {
	for text, want := range map[string]string{
		`histogram_quantile($q, sum by (le) (rate(x_bucket{job="$job"}[$__rate_interval])))`: `
call histogram_quantile($q, sum by (le) (rate(x_bucket{job="$job"}[$__rate_interval])))
	number $q
	aggregation sum by (le) (rate(x_bucket{job="$job"}[$__rate_interval]))
		call rate(x_bucket{job="$job"}[$__rate_interval])
			selector x_bucket{job="$job"}[$__rate_interval]
`,
		`((a + -b)) / on (x) max_over_time(rate(c[5m])[1h:1m] offset 1d)`: `
operation ((a + -b)) / on (x) max_over_time(rate(c[5m])[1h:1m] offset 1d)
	operation a + -b
		selector a
		negation -b
			selector b
	call max_over_time(rate(c[5m])[1h:1m] offset 1d)
		subquery rate(c[5m])[1h:1m] offset 1d
			call rate(c[5m])
				selector c[5m]
`,
		`topk(5, label_replace(up, "a", "$1", "b", "(.*)"))`: `
aggregation topk(5, label_replace(up, "a", "$1", "b", "(.*)"))
	number 5
	call label_replace(up, "a", "$1", "b", "(.*)")
		selector up
		text "a"
		text "$1"
		text "b"
		text "(.*)"
`,
	} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := outline(q, q.Tree(), ""); got != strings.TrimPrefix(want, "\n") {
			t.Errorf("%s:\n%s", text, got)
		}
	}
}

// TestPartFacts: a part has labels and a dimension of its own.
func TestPartFacts(t *testing.T) {
	q, err := Parse(`sum by (path) (rate(x_bytes_total[5m])) / sum by (path) (rate(y_total[5m]))`)
	if err != nil {
		t.Fatal(err)
	}
	left := q.Tree().Parts[0]
	if got := q.PartDimension(left, nil).String(); got != "bytes/second" {
		t.Errorf("the left side is in %s", got)
	}
	if got := q.PartLabels(left, nil).Names; fmt.Sprint(got) != "[path]" {
		t.Errorf("the left side has %v", got)
	}
	if o := left.Operand(); !o.Is("rate") || o.Parent != left || !o.Vector || left.Parent != q.Tree() && left.Parent.Operation == nil {
		t.Errorf("the operand is %+v", o)
	}
}
