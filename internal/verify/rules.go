package verify

import (
	"context"

	"gaugewright/internal/report"
	"gaugewright/internal/rules"
)

// rule judges the expression of a rule. An alert without an answer is fine: nothing is wrong. A recording rule
// without one is a finding, since other queries read its record; unless the event has not happened yet.
func (j *judge) rule(ctx context.Context, path, group string, rule rules.Rule) (verdict, error) {
	r := &result{Judged: Judged{Place: report.Place{File: path, Line: rule.Line, Board: group, Panel: rule.Name()}, State: HasData}}
	a, err := j.expression(ctx, r, rule.Expr)
	if err == nil && r.unjudged == "" && r.State != Dead {
		var b blank
		switch {
		case rule.Record == "" && j.Observed == 0:
		case a.samples == 0:
			b, err = j.why(ctx, rule.Expr, j.now(ctx))
		case a.finite == 0 && rule.Record != "":
			r.oddWhy, err = j.whyNaN(ctx, rule.Expr, j.now(ctx), map[string]bool{})
		}
		if err == nil {
			r.concludeRule(a, rule.Record != "", b)
		}
		if rule.Alert != "" && err == nil {
			err = j.edges(ctx, r, rule.Expr)
		}
	}
	if r.State != Dead && err == nil {
		err = j.templates(ctx, r, rule)
	}
	if r.refused(err) {
		err = nil
	}
	if r.unjudged != "" {
		r.State, r.Why = NotJudged, r.unjudged
	}
	var v verdict
	v.add(r)
	return v, err
}

// expression runs a rule's expression, unless one of its selectors finds nothing.
func (j *judge) expression(ctx context.Context, r *result, text string) (answer, error) {
	read, err := j.look(ctx, text)
	missing, waiting := "", ""
	if err == nil {
		missing, waiting, err = j.lacks(ctx, read)
	}
	if why := j.mayBeRecorded(read); why != "" && err == nil {
		r.skip(why)
		missing = ""
	}
	if missing != "" && err == nil {
		if why := read.unsure(false); why != "" {
			r.skip(why)
			return answer{}, nil
		}
		r.blame(dead, "%s", missing)
	}
	if r.refused(err) || missing != "" {
		r.State = Dead
	}
	if r.unjudged != "" || r.State == Dead {
		return answer{}, nil
	}
	if err != nil {
		return answer{}, err
	}
	r.isBrief = j.isBrief(read)
	for _, note := range read.notes {
		r.note(note)
	}
	if waiting != "" {
		r.wait(waiting)
	}
	r.blameLabels(read.wrong)
	a, err := j.run(ctx, text, true, 0, 0)
	if r.refused(err) {
		r.State = Dead
		return answer{}, nil
	}
	return a, err
}

// concludeRule sets the state of a rule by its answer; b is why that is empty.
func (r *result) concludeRule(a answer, records bool, b blank) {
	r.Series, r.Samples = len(a.series), a.samples
	r.remark(a)
	switch {
	case r.waiting != "":
		r.State, r.Why = NotYet, r.waiting
	case a.samples == 0 && records:
		r.concludeRecord(b)
	case a.samples == 0 && b.early:
		r.State, r.Why = NotYet, b.why
		r.note(b.why)
	case a.samples == 0:
		r.State, r.Why = Empty, "nothing is wrong"
	case a.finite == 0 && records:
		r.blameOdd("it records only NaN and Inf")
	}
}
