package lint

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
	"gaugewright/internal/report"
	"gaugewright/internal/rules"
)

// board takes a board apart: its panels, and all that it asks Prometheus.
func (f *File) board(read grafana.Board) *Board {
	b := &Board{File: f, Board: read}
	hasOwn := slices.ContainsFunc(read.Variables, func(v grafana.Variable) bool { return v.Section != nil })
	for i := range read.Panels {
		p := &Panel{Board: b, Panel: &read.Panels[i], variables: read.Variables}
		if hasOwn {
			p.variables = read.For(*p.Panel).Variables
		}
		b.Panels = append(b.Panels, p)
		for j := range p.Targets {
			if t := &p.Targets[j]; t.Skip == "" && (!t.Hidden || t.Needed) && strings.TrimSpace(t.Expr) != "" {
				at := p.At()
				at.Query = t.RefID
				q := f.newQuery(Query{Text: t.Expr, At: at, Node: t.Spec.At("expr"), Board: b, Panel: p, Target: t})
				p.Queries = append(p.Queries, q)
			}
		}
		b.Queries = append(b.Queries, p.Queries...)
	}
	for i := range read.Annotations {
		if a := &read.Annotations[i]; a.Active() && a.Skip == "" && strings.TrimSpace(a.Expr) != "" {
			at := report.Place{File: f.Path, Board: b.Name(), Panel: "annotation " + a.Name}
			b.Queries = append(b.Queries, f.newQuery(Query{Text: a.Expr, At: at, Node: a.ExprNode, Board: b, Annotation: a}))
		}
	}
	for i := range read.Variables {
		if q := f.variable(b, &read.Variables[i]); q != nil {
			b.Queries = append(b.Queries, q)
		}
	}
	return b
}

// variable returns what the query of a variable asks for: a selector, or a query of its own; nil where it asks neither.
func (f *File) variable(b *Board, v *grafana.Variable) *Query {
	if v.Type != "query" || v.Skip != "" {
		return nil
	}
	lookup := view.ParseLookup(v.Query)
	if lookup.Arg == "" || lookup.Function != view.LabelValues && lookup.Function != view.QueryResult {
		return nil
	}
	at := report.Place{File: f.Path, Board: b.Name(), Panel: "variable " + v.Name}
	node := v.Spec.At("query")
	for _, key := range []string{"query", "spec"} {
		if node.IsObject() {
			node = node.At(key)
		}
	}
	if node.Kind() != grafana.String {
		node = v.Node
	}
	return f.newQuery(Query{Text: lookup.Arg, At: at, Node: node, Board: b, Variable: v})
}

// newQuery parses the text of a query.
func (f *File) newQuery(q Query) *Query {
	q.File = f
	q.Offset = strings.Index(q.Node.Text(), q.Text)
	if q.Node == nil || q.Node.Kind() != grafana.String {
		q.Offset = -1
	}
	q.facts = f.texts.of(q.Text)
	return &q
}

// facts is what a query's text says by itself.
type facts struct {
	Parsed *query.Query // nil where the text does not parse
	Tree   *query.Part  // likewise
	Err    *query.Error // why it does not parse

	selectors []*query.Part
	combining int // how many of its parts can drop labels: aggregations, operators of two vectors, absent
}

// texts keeps the facts of each text, since boards have many queries twice. Several goroutines may use it.
type texts struct{ known sync.Map }

func (t *texts) of(text string) *facts {
	if found, ok := t.known.Load(text); ok {
		return found.(*facts)
	}
	found := factsOf(text)
	t.known.Store(text, found)
	return found
}

func factsOf(text string) *facts {
	f := &facts{}
	parsed, err := query.Parse(text)
	if err != nil {
		errors.As(err, &f.Err)
		return f
	}
	f.Parsed, f.Tree = parsed, parsed.Tree()
	f.Tree.Walk(func(p *query.Part) bool {
		switch {
		case p.Selector != nil:
			f.selectors = append(f.selectors, p)
		case p.Aggregation != nil, p.Operation != nil && p.Operation.Vectors, p.Is("absent", "absent_over_time", "vector", "scalar"):
			f.combining++
		}
		return true
	})
	slices.SortStableFunc(f.selectors, func(a, b *query.Part) int { return a.Span.Start - b.Span.Start }) // as query has them
	return f
}

// rule is a rule with its query.
func (f *File) rule(group rules.Group, rule rules.Rule, node *grafana.Node) *PromRule {
	r := &PromRule{File: f, Group: group, Rule: rule, Node: node}
	r.Query = f.newQuery(Query{Text: rule.Expr, At: r.At(), Node: node.At("expr"), Prom: r})
	return r
}

// isVariable reports whether a text has one of Grafana's variables in it.
func isVariable(text string) bool {
	return strings.ContainsAny(text, "$[") && query.HasVariable(text)
}
