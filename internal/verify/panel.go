package verify

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/report"
)

// verdict holds everything about a panel, a rule or a board's variables.
type verdict struct {
	judged   []Judged
	findings []report.Finding
	notes    []report.Finding
	errors   []report.Finding
}

func (v *verdict) add(r *result) {
	v.judged = append(v.judged, r.Judged)
	v.findings = append(v.findings, r.findings...)
	v.notes = append(v.notes, r.notes...)
	v.errors = append(v.errors, r.errors...)
	if r.State == NotJudged {
		v.notes = append(v.notes, report.Finding{Place: r.Place, Text: notJudged(r.Why)})
	}
}

// notJudged is the text of a note on what has no verdict.
func notJudged(why string) string { return "not judged: " + why }

// stamp sets the number in each place of the verdict.
func (v *verdict) stamp(number int) {
	for i := range v.judged {
		v.judged[i].Number = number
	}
	for _, all := range [][]report.Finding{v.findings, v.notes, v.errors} {
		for i := range all {
			all[i].Number = number
		}
	}
}

// panel judges a panel's queries, and its overrides and transformations of their answers.
func (j *judge) panel(ctx context.Context, o resolved, p grafana.Panel) (verdict, error) {
	at := o.place(p.Name(), p.Node)
	at.ID = p.ID
	var v verdict
	if p.Library != "" {
		v.notes = append(v.notes, report.Finding{Place: at, Text: fmt.Sprintf(
			"a library panel, %s: its queries are not in this file", p.Library)})
	}
	for _, text := range o.unjudged(p) {
		v.notes = append(v.notes, report.Finding{Place: at, Text: notJudged(text)})
	}
	var answers []view.Answer
	for _, t := range p.Targets {
		at := at
		at.Query, at.Line = t.RefID, t.Node.Place().Line
		if slices.Contains(queryless, p.Type) {
			v.add(&result{Judged: Judged{Place: at, State: NotJudged, Why: fmt.Sprintf("a panel of type %s runs no queries", p.Type)}})
			continue
		}
		r, err := j.ask(ctx, at, o, p, t)
		if err != nil {
			return v, err
		}
		v.add(r)
		if !t.Hidden {
			answers = append(answers, r.shown())
		}
	}
	if len(answers) == 0 {
		return v, nil
	}
	fields := view.NewFields(answers)
	for _, problem := range fields.Apply(p.Transformations) {
		v.findings = append(v.findings, report.Finding{Place: at, Kind: transformation, Text: problem})
	}
	for _, m := range fields.Configure(p.Defaults, p.Overrides, o.put) {
		v.findings = append(v.findings, report.Finding{Place: at, Kind: override, Text: fmt.Sprintf("%s: %s", m.Override, m.Reason)})
	}
	for _, text := range fields.Doubts() {
		v.notes = append(v.notes, report.Finding{Place: at, Text: text})
	}
	return v, nil
}

// place returns the place of a part of the board.
func (b Board) place(name string, n *grafana.Node) report.Place {
	return report.Place{File: b.Path, Line: n.Place().Line, Board: b.Name(), Panel: name}
}

// Name returns the name of a board in findings.
func (b Board) Name() string {
	if b.UID != "" {
		return b.UID
	}
	return b.Title
}

// annotation judges the query of an annotation. It may have no marks.
func (j *judge) annotation(ctx context.Context, o resolved, a grafana.Annotation) (verdict, error) {
	if !a.Active() {
		return verdict{}, nil
	}
	at := o.place("annotation "+a.Name, a.Node)
	p := annotated(a)
	r, err := j.ask(ctx, at, o, p, p.Targets[0])
	var v verdict
	v.add(r)
	return v, err
}

// annotated is the panel that asks as an annotation does.
func annotated(a grafana.Annotation) grafana.Panel {
	t := grafana.Target{Expr: a.Expr, Range: true, Factor: 1, Format: "table"}
	return grafana.Panel{Defaults: grafana.Field{NoValue: "nothing happened"}, Targets: []grafana.Target{t}}
}

// shown returns the answer as the panel's fields are made of it. Nobody knows the columns of a table without an answer,
// unless the query says which labels it has. What needs them is not blamed a second time.
func (r *result) shown() view.Answer {
	a := r.answer
	isOpen := len(a.Series) == 0 && r.labels.Open
	if a.Target.Format == "table" && (r.State == Dead || r.State == NotJudged || isOpen) {
		a.Target.Skip = cmp.Or(a.Target.Skip, "no answer")
	}
	return a
}
