package lint

import (
	"errors"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
	"gaugewright/internal/report"
	"gaugewright/internal/rules"
)

// board takes a board apart: its panels, and all that it asks Prometheus.
func (f *File) board(read grafana.Board) *Board {
	b := &Board{File: f, Board: read}
	for i := range read.Panels {
		p := &Panel{Board: b, Panel: read.Panels[i]}
		b.Panels = append(b.Panels, p)
		for j := range p.Targets {
			if t := &p.Targets[j]; t.Skip == "" && (!t.Hidden || t.Needed) && strings.TrimSpace(t.Expr) != "" {
				at := p.At()
				at.Query = t.RefID
				q := newQuery(Query{Text: t.Expr, At: at, Node: t.Spec.At("expr"), File: f, Board: b, Panel: p, Target: t})
				p.Queries = append(p.Queries, q)
			}
		}
		b.Queries = append(b.Queries, p.Queries...)
	}
	for i := range read.Annotations {
		if a := &read.Annotations[i]; a.Active() && a.Skip == "" && strings.TrimSpace(a.Expr) != "" {
			at := report.Place{File: f.Path, Board: b.Name(), Panel: "annotation " + a.Name}
			b.Queries = append(b.Queries, newQuery(Query{Text: a.Expr, At: at, Node: a.ExprNode, File: f, Board: b, Annotation: a}))
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
	return newQuery(Query{Text: lookup.Arg, At: at, Node: node, File: f, Board: b, Variable: v})
}

// newQuery parses the text of a query.
func newQuery(q Query) *Query {
	q.Offset = strings.Index(q.Node.Text(), q.Text)
	if q.Node == nil || q.Node.Kind() != grafana.String {
		q.Offset = -1
	}
	parsed, err := query.Parse(q.Text)
	if err != nil {
		errors.As(err, &q.Err)
		return &q
	}
	q.Parsed, q.Tree = parsed, parsed.Tree()
	return &q
}

// rule is a rule with its query.
func (f *File) rule(group rules.Group, rule rules.Rule, node *grafana.Node) *PromRule {
	r := &PromRule{File: f, Group: group, Rule: rule, Node: node}
	r.Query = newQuery(Query{Text: rule.Expr, At: r.At(), Node: node.At("expr"), File: f, Prom: r})
	return r
}

// isVariable reports whether a text has one of Grafana's variables in it.
func isVariable(text string) bool {
	return strings.ContainsAny(text, "$[") && slices.ContainsFunc(query.References(text), func(query.Variable) bool { return true })
}
