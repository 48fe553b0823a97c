package main

import (
	"context"
	"fmt"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
)

// verdict holds everything about a panel, a rule or a board's variables.
type verdict struct {
	judged   []judged
	findings []finding
	notes    []finding
}

func (v *verdict) add(r *result) {
	v.judged = append(v.judged, r.judged)
	v.findings = append(v.findings, r.findings...)
	v.notes = append(v.notes, r.notes...)
}

// stamp sets the number in each place of the verdict.
func (v *verdict) stamp(number int) {
	for i := range v.judged {
		v.judged[i].Number = number
	}
	for _, all := range [][]finding{v.findings, v.notes} {
		for i := range all {
			all[i].Number = number
		}
	}
}

// panel judges a panel's queries, and its overrides and transformations of their answers.
func (j *judge) panel(ctx context.Context, o opened, p grafana.Panel) (verdict, error) {
	at := place{File: o.path, Board: o.name(), Panel: p.Title, ID: p.ID}
	if p.Title == "" {
		at.Panel = "panel without a title"
	}
	var v verdict
	if p.Library != "" {
		v.notes = append(v.notes, finding{place: at, Text: fmt.Sprintf(
			"a library panel, %s: its queries are not in this file", p.Library)})
	}
	var answers []view.Answer
	for _, t := range p.Targets {
		at.Query = t.RefID
		r, err := j.ask(ctx, at, o, p, t)
		if err != nil {
			return v, err
		}
		v.add(r)
		if !t.Hidden {
			answers = append(answers, r.answer)
		}
		if r.State == notJudged {
			v.notes = append(v.notes, finding{place: at, Text: "not judged: " + r.Why})
		}
	}
	at.Query = ""
	if len(answers) == 0 {
		return v, nil
	}
	fields := view.NewFields(answers)
	for _, problem := range fields.Apply(p.Transformations) {
		v.findings = append(v.findings, finding{at, transformation, problem})
	}
	put := func(text string) string { return view.Put(text, o.values[0], query.Times{}, view.InLegend) }
	for _, m := range fields.Configure(p.Defaults, p.Overrides, put) {
		v.findings = append(v.findings, finding{at, override, fmt.Sprintf("%s: %s", m.Override, m.Reason)})
	}
	for _, text := range fields.Doubts() {
		v.notes = append(v.notes, finding{place: at, Text: text})
	}
	return v, nil
}

// name returns the name of a board in findings.
func (b boardFile) name() string {
	if b.board.UID != "" {
		return b.board.UID
	}
	return b.board.Title
}

// annotation judges the query of an annotation. It may have no marks.
func (j *judge) annotation(ctx context.Context, o opened, a grafana.Annotation) (verdict, error) {
	if !a.Active() {
		return verdict{}, nil
	}
	at := place{File: o.path, Board: o.name(), Panel: "annotation " + a.Name}
	p := grafana.Panel{Defaults: grafana.Field{NoValue: "nothing happened"}}
	r, err := j.ask(ctx, at, o, p, grafana.Target{Expr: a.Expr, Range: true, Factor: 1, Format: "table"})
	var v verdict
	v.add(r)
	return v, err
}

// open resolves a board's variables.
func (j *judge) open(ctx context.Context, b boardFile) (opened, verdict, error) {
	o := opened{boardFile: b}
	var v verdict
	for _, shown := range shown {
		times := j.times(shown, view.Step(shown, 0, j.interval), j.interval)
		values, problems, err := view.Resolve(ctx, b.board, j.source, j.chosen, times)
		if err != nil {
			return o, v, fmt.Errorf("%s: %w", b.path, err)
		}
		o.values = append(o.values, values)
		if v.findings != nil || v.notes != nil { // what was said of one range is not said again
			continue
		}
		for _, p := range problems {
			at := place{File: b.path, Board: b.name(), Panel: "variable " + p.Variable}
			if p.Doubt {
				v.notes = append(v.notes, finding{place: at, Text: p.Text})
				continue
			}
			v.findings = append(v.findings, finding{at, variable, p.Text})
		}
	}
	for _, x := range b.board.Variables {
		if text := unresolved(x); text != "" {
			at := place{File: b.path, Board: b.name(), Panel: "variable " + x.Name}
			v.notes = append(v.notes, finding{place: at, Text: text})
		}
	}
	return o, v, nil
}

// unresolved returns why a variable has only the value saved with the board.
func unresolved(v grafana.Variable) string {
	switch v.Type {
	case "query":
		if v.Skip != "" {
			return "saved value used: " + v.Skip
		}
	case "custom", "constant", "interval", "textbox", "datasource":
	case "adhoc":
		return "its filters are not applied"
	default:
		return fmt.Sprintf("saved value used: the type %s is unknown", v.Type)
	}
	return ""
}
