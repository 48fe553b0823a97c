package query

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite testdata/*.txtar with what is read now")

// story is a query and the facts that are read from it.
type story struct {
	file, query, facts string
}

func stories(t testing.TB) []story {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("testdata/*.txtar: %d files, %v", len(files), err)
	}
	var all []story
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s := story{file: file}
		for _, f := range archive.Files {
			switch f.Name {
			case "query":
				s.query = strings.TrimSuffix(string(f.Data), "\n")
			case "facts":
				s.facts = string(f.Data)
			}
		}
		all = append(all, s)
	}
	return all
}

func TestStories(t *testing.T) {
	for _, s := range stories(t) {
		got := facts(parse(t, s.query))
		if got == s.facts {
			continue
		}
		if !*update {
			t.Errorf("%s\n got\n%s\nwant\n%s", s.file, got, s.facts)
			continue
		}
		text, err := os.ReadFile(s.file)
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(text), "-- facts --\n")
		if err := os.WriteFile(s.file, []byte(head+"-- facts --\n"+got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// facts writes everything that a query reports, one line each: where, what, as written.
func facts(q *Query) string {
	var out strings.Builder
	line := func(s Span, format string, values ...any) {
		row, column := q.Position(s.Start)
		fmt.Fprintf(&out, "%d:%d "+format+"\n", append([]any{row, column}, values...)...)
	}
	at := func(s Span) string { return q.Text[s.Start:s.End] }
	list := func(labels []Label) string {
		var names []string
		for _, label := range labels {
			row, column := q.Position(label.Span.Start)
			names = append(names, fmt.Sprintf("%s@%d:%d", label.Name, row, column))
		}
		return strings.Join(names, " ")
	}
	for _, v := range q.Variables() {
		line(v.Span, "variable %s %s", at(v.Span), v.Place)
	}
	for _, s := range q.Selectors() {
		line(s.Span, "selector %q of %s in %v", at(s.Span), s.Metric, s.Within)
		if s.Range+s.Offset+string(s.Wants()) != "" || s.Subquery {
			line(s.Span, "  range %q offset %q function %q wants %q subquery %t",
				s.Range, s.Offset, s.Func(), s.Wants(), s.Subquery)
		}
		for _, m := range s.Matchers {
			line(m.Span, "  matcher %s %s %s", m.Label, m.Op, m.Value)
		}
	}
	for _, c := range q.Calls() {
		line(c.Span, "call %s experimental %t", c.Func, c.Experimental)
	}
	for _, a := range q.Aggregations() {
		line(a.Span, "aggregation %s without %t %s", a.Op, a.Without, list(a.Labels))
	}
	for _, o := range q.Operations() {
		line(o.Span, "operation %s bool %t vectors %t on %t %s %s %s", o.Op, o.Bool, o.Vectors, o.On, list(o.Matching),
			o.Group, list(o.Include))
	}
	for _, s := range q.Subqueries() {
		line(s.Span, "subquery range %q step %q offset %q", s.Range, s.Step, s.Offset)
	}
	return out.String()
}
