package query

import "testing"

// TestReferences: the forms of a reference, and what only looks like one.
func TestReferences(t *testing.T) {
	for text, want := range map[string]Variable{
		"$a":               {Name: "a"},
		"$_a1.b":           {Name: "_a1"},
		"${a}":             {Name: "a"},
		"${a.b:c:d e}":     {Name: "a", Field: "b", Format: "c:d e"},
		"${a:date:YYYY-M}": {Name: "a", Format: "date:YYYY-M"},
		"[[a]]":            {Name: "a"},
		"[[a:b]]":          {Name: "a", Format: "b"},
		"$$a":              {Name: "a"},

		"$": {}, "$1": {}, "${1a}": {}, "${}": {}, "${a": {}, "${a.}": {}, "${a:}": {}, "${a.b^}": {}, "${a b}": {},
		"[a]": {}, "[[]]": {}, "[[a]": {}, "[[a:]]": {}, "[[a:b c]]": {}, "[[1]]": {}, "": {},
	} {
		var got Variable
		for _, v := range References(text) {
			if got = v; v.Span.End > len(text) || text[v.Span.Start] != '$' && text[v.Span.Start] != '[' {
				t.Errorf("%q: the place is %v", text, v.Span)
			}
		}
		if got.Span = (Span{}); got != want {
			t.Errorf("%q has %+v, not %+v", text, got, want)
		}
		if HasVariable(text) != (want.Name != "") {
			t.Errorf("%q: HasVariable is wrong", text)
		}
	}
}
