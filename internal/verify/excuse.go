package verify

import (
	"context"
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
	"gaugewright/internal/report"
)

// ask judges a query of a panel. A query that finds nothing is not dead where its variables have no value, where it
// waits for a text, or where a condition may hide the panel.
func (j *judge) ask(ctx context.Context, at report.Place, o resolved, p grafana.Panel, t grafana.Target) (*result, error) {
	cause := ""
	if skipped(t) == "" {
		cause = o.causeOf(t.Expr)
	}
	if cause != "" && !o.empty[cause] {
		return notAsked(at, t, noValue(cause)), nil
	}
	r, err := j.askAll(ctx, at, o, p, t)
	switch {
	case err != nil:
	case r.isDead() && conditionsOf(p) != nil:
		return notAsked(at, t, "shown only under a condition"), nil
	case cause != "" && r.errors == nil && r.State != HasData && r.State != Empty:
		return notAsked(at, t, noValue(cause)), nil
	case r.isDead() && !r.lacksMetric:
		if name := o.emptyText(t.Expr); name != "" {
			r = &result{Judged: Judged{Place: at, State: NotYet}, answer: r.answer, labels: query.LabelSet{Open: true}}
			r.Why = "waits for a text in $" + name
			r.note(r.Why)
		}
	case cause != "", conditionsOf(p) != nil, slices.ContainsFunc(query.References(t.Expr), o.choseNothing):
		r.forgiveLabels()
	}
	return r, err
}

// notAsked is the result of a query without a verdict.
func notAsked(at report.Place, t grafana.Target, why string) *result {
	r := &result{Judged: Judged{Place: at, State: NotJudged, Why: why}}
	r.answer.Target = t
	return r
}

// isDead reports whether the query finds nothing, and is otherwise right.
func (r *result) isDead() bool {
	return r.State == Dead && !slices.ContainsFunc(r.findings, func(f report.Finding) bool { return f.Kind == broken })
}

// forgiveLabels turns findings about labels into notes: the series may have them where the variable has values, or where
// the panel is shown.
func (r *result) forgiveLabels() {
	r.findings = slices.DeleteFunc(r.findings, func(f report.Finding) bool {
		is := f.Kind == legend || f.Kind == label
		if is {
			r.note(string(f.Kind) + ": " + f.Text)
		}
		return is
	})
}

// conditionsOf returns the groups of conditions under which a panel is shown: its own and those of its rows and tabs.
func conditionsOf(p grafana.Panel) []*grafana.Node {
	var all []*grafana.Node
	for _, s := range p.Within {
		if s.Conditions != nil {
			all = append(all, s.Conditions)
		}
	}
	if p.Conditions != nil {
		all = append(all, p.Conditions)
	}
	return all
}

// choseNothing reports whether somebody chose the empty value for a variable that finds nothing.
func (o resolved) choseNothing(v query.Variable) bool {
	return o.empty[v.Name] && slices.Equal(o.values[0][v.Name].Values, []string{""})
}

// emptyText returns the first text box in a query that nobody has typed a text in, or an empty name.
func (o resolved) emptyText(expr string) string {
	for _, v := range o.Variables {
		if v.Type == "textbox" && refers(expr, v.Name) && !slices.ContainsFunc(o.values[0][v.Name].Values, isText) {
			return v.Name
		}
	}
	return ""
}

func isText(text string) bool { return text != "" }

// causeOf returns the variable without a value because of which a query cannot be judged as it is, or an empty name.
func (o resolved) causeOf(expr string) string {
	for _, causes := range o.causes {
		if cause := causeOf(causes, expr); cause != "" {
			return cause
		}
	}
	return ""
}
