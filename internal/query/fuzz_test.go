package query

import (
	"errors"
	"strings"
	"testing"

	"gaugewright/dashboards/metric"
)

// FuzzParse checks any text: reading it ends without a panic, every place is inside the text, and a canonical form
// can be read again and is its own canonical form.
func FuzzParse(f *testing.F) {
	for _, story := range stories(f) {
		f.Add(story.query)
	}
	for _, c := range canonicalCases {
		f.Add(c.query)
	}
	for _, c := range errorCases {
		f.Add(c.query)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(text)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Line < 1 || e.Column < 1 || e.Message == "" {
				t.Fatalf("%q: %#v", text, err)
			}
			inside(t, text, e.Span)
			return
		}
		for _, span := range spans(q) {
			inside(t, text, span)
		}
		once := q.Canonical()
		if belowMillisecond(q) {
			return
		}
		again, err := Parse(once)
		if err != nil {
			t.Fatalf("%q: the canonical form %q: %v", text, once, err)
		}
		if twice := again.Canonical(); twice != once {
			t.Fatalf("%q: canonical %q, then %q", text, once, twice)
		}
	})
}

func inside(t *testing.T, text string, s Span) {
	t.Helper()
	if s.Start < 0 || s.End < s.Start || len(text) < s.End {
		t.Fatalf("%q: %v is outside", text, s)
	}
}

// spans returns the places of everything in a query.
func spans(q *Query) []Span {
	var all []Span
	add := func(labels []Label) {
		for _, label := range labels {
			all = append(all, label.Span)
		}
	}
	for _, v := range q.Variables() {
		all = append(all, v.Span)
	}
	for _, s := range q.Selectors() {
		all = append(all, s.Span)
		for _, m := range s.Matchers {
			all = append(all, m.Span)
		}
	}
	for _, c := range q.Calls() {
		all = append(all, c.Span)
	}
	for _, a := range q.Aggregations() {
		all = append(all, a.Span)
		add(a.Labels)
	}
	for _, o := range q.Operations() {
		all = append(all, o.Span)
		add(o.Matching)
		add(o.Include)
	}
	for _, s := range q.Subqueries() {
		all = append(all, s.Span)
	}
	bytes := func(string) (Series, bool) { return Series{Unit: metric.Bytes, Labels: []string{"job"}}, true }
	for _, c := range []Catalogue{nil, bytes} {
		_, problems := q.Labels(c)
		_, more := q.Dimension(c)
		for _, p := range append(problems, more...) {
			all = append(all, p.Span)
		}
	}
	return all
}

// belowMillisecond reports whether a query has a duration such as [0.0001]: Prometheus prints it as 0s, and does not read
// that again.
func belowMillisecond(q *Query) bool {
	return strings.Contains(q.expr.String(), "[0s") || strings.Contains(q.expr.String(), ":0s]")
}

// TestLimits reads texts at the limits quickly and refuses those beyond. A reader without limits would take minutes
// for each, or run out of stack.
func TestLimits(t *testing.T) {
	repeat := strings.Repeat
	const tooMany = "more than 2048 operators and brackets, or 900 variables, the limit of a query"
	for name, c := range map[string]struct{ text, want string }{
		"parentheses":          {repeat("(", 2000) + "x" + repeat(")", 2000), ""},
		"too many parentheses": {repeat("(", maxLength), tooMany},
		"signs":                {repeat("-", 2000) + "x", ""},
		"sum":                  {repeat("x+", 2000) + "x", ""},
		"functions":            {repeat("abs(", 2000) + "x" + repeat(")", 2000), ""},
		"absent":               {repeat("absent(", 2000) + "x" + repeat(")", 2000), ""},
		"long names":           {repeat(repeat("x", 28)+" or ", 2000) + "x", ""},
		"too many words":       {repeat("x or ", 2049) + "x", tooMany},
		"variables":            {repeat("$x+", 800) + "$x", ""},
		"too many variables":   {"sum by (" + repeat("$x,", 901) + ") (y)", tooMany},
		"functions to learn":   {repeat("$f(", 800) + "x" + repeat(")", 800), ""},
		"regexes to mask":      {"x{" + repeat(`a=~"[$b-$a]",`, 800) + "}", ""},
		"a long string":        {`x{a="` + repeat("$y ", 5_000) + `"}`, ""},
		"unclosed references":  {`x{a="` + repeat("${y.", 4_000) + `"}`, ""},
		"unclosed brackets":    {`x{a="` + repeat("[[y:", 4_000) + `"}`, ""},
		"too long":             {repeat("x", maxLength+1), "the query has 65537 bytes, more than 65536, the limit of a query"},
		"counted":              {`x{a=~"` + repeat("b{9}", 111) + `"}`, ""},
		"counted too much":     {`x{a=~"` + repeat("b{9}", 112) + `"}`, "its regexes have a weight of 1008, by their counts, classes and groups; more than 1000, the limit of a query"},
		"groups":               {`x{a=~"` + repeat("(a)", 800) + `"}`, ""},
		"groups in sum":        {`x{a=~"` + repeat("(a)", 900) + `"}`, "a weight of 1215"},
		"a list":               {`x{a=~"(` + repeat(`pod-a\\.b|`, 5_000) + `)"}`, ""},
		"classes":              {`x{a=~"` + repeat(`\\pL`, 15) + `"}`, ""},
		"classes in sum":       {`x{a=~"` + repeat(`\\pL`, 30) + `"}`, "more than 1000, the limit"},
		"counted in secret":    {`label_replace(x, "a", "b", "c", "d\x7b1,600}(e{10}){50}")`, "a weight of 1150"},
	} {
		t.Run(name, func(t *testing.T) {
			q, err := Parse(c.text)
			switch {
			case c.want == "" && err == nil:
				q.Canonical()
				spans(q)
			case c.want == "" || err == nil || !strings.Contains(err.Error(), c.want) || !err.(*Error).NotJudged:
				t.Errorf("got %.200v, want %q, not judged", err, c.want)
			}
		})
	}
}
