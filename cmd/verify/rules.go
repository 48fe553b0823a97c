package main

import (
	"context"

	"gaugewright/internal/rules"
)

// rule judges the expression of a rule. No answer is as it should be: nothing is wrong.
func (j *judge) rule(ctx context.Context, path, group string, rule rules.Rule) (verdict, error) {
	r := &result{judged: judged{place: place{File: path, Board: group, Panel: rule.Name()}, State: hasData}}
	err := j.expression(ctx, r, rule.Expr)
	var v verdict
	v.add(r)
	return v, err
}

func (j *judge) expression(ctx context.Context, r *result, text string) error {
	read, err := j.look(ctx, text)
	if r.refused(err) {
		r.State = isDead
		return nil
	}
	if err != nil {
		return err
	}
	for _, note := range read.notes {
		r.note(note)
	}
	// What another rule records may lack: that rule is judged by itself.
	if missing := read.missing(); missing != "" {
		r.State = isDead
		r.blame(dead, "%s", missing)
		return nil
	}
	for _, problem := range read.wrong {
		r.blame(label, "%s", problem.Message)
	}
	a, err := j.run(ctx, text, true, 0, 0)
	if r.refused(err) {
		r.State = isDead
		return nil
	}
	if err != nil {
		return err
	}
	r.Series, r.Samples = len(a.series), a.samples
	for _, text := range a.remarks {
		r.blame(remark, "%s", text)
	}
	for _, text := range a.server {
		r.note("the server says: " + text)
	}
	if a.samples == 0 {
		r.State, r.Why = empty, "nothing is wrong"
	}
	return nil
}
