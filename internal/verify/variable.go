package verify

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/opened"
	"gaugewright/internal/query"
	"gaugewright/internal/report"
)

// resolved is a board with its variables resolved for each of the ranges.
type resolved struct {
	Board
	values []map[string]query.Value // one for each range of shown
	causes []map[string]string      // for each range: the variables without a value, and the one that is the cause
	empty  map[string]bool          // the variables that find nothing, which Grafana gives an empty value
}

// open resolves a board's variables.
func (j *judge) open(ctx context.Context, b Board) (resolved, verdict, error) {
	o := resolved{Board: b, empty: map[string]bool{}}
	var v verdict
	var first []view.Problem
	for _, shown := range shown {
		times := j.times(shown, view.Step(shown, 0, j.interval), j.interval)
		all, err := view.Resolve(ctx, b.Board, opened.Lookup{Source: j.source}, j.Variables, times)
		if err != nil {
			return o, v, fmt.Errorf("%s: %w", b.Path, err)
		}
		o.values = append(o.values, all.Values)
		o.causes = append(o.causes, causes(b.Variables, all.Values, all.Problems))
		for _, p := range all.Problems {
			o.empty[p.Variable] = p.Kind == view.NothingFound || p.Kind == view.NothingMatches
		}
		if first == nil {
			first = all.Problems
		}
	}
	first = slices.CompactFunc(first, func(a, b view.Problem) bool { return a.Variable == b.Variable })
	for _, p := range first {
		times := j.times(shown[0], view.Step(shown[0], 0, j.interval), j.interval)
		why, err := j.emptyVariable(ctx, b.Board, p, o.values[0], times)
		if text, _ := reasonOf(err); text != "" {
			v.errors = append(v.errors, unanswered(o.variable(p.Variable), text))
			continue
		}
		if err != nil {
			return o, v, fmt.Errorf("%s: %w", b.Path, err)
		}
		uses, err := j.uses(ctx, o, p.Variable)
		if err != nil {
			return o, v, fmt.Errorf("%s: %w", b.Path, err)
		}
		o.report(&v, p, why, uses)
	}
	for _, x := range b.Variables {
		if text := unresolved(x); text != "" {
			v.notes = append(v.notes, report.Finding{Place: o.variable(x.Name), Text: text})
		}
	}
	return o, v, nil
}

// put puts the variables' values into a text that people read.
func (o resolved) put(text string) string {
	return view.Put(text, o.values[0], query.Times{}, view.InLegend)
}

func (o resolved) variable(name string) report.Place {
	i := slices.IndexFunc(o.Variables, func(v grafana.Variable) bool { return v.Name == name })
	return o.place("variable "+name, o.Variables[i].Node)
}

// report adds what is wrong with a variable. A variable that lacks another one's value is not blamed, nor one that is
// rightly empty now, which has a reason, nor one that nothing misses.
func (o resolved) report(v *verdict, p view.Problem, why blank, uses uses) {
	at := o.variable(p.Variable)
	for _, causes := range o.causes {
		if cause := causes[p.Variable]; cause != "" && cause != p.Variable {
			v.notes = append(v.notes, report.Finding{Place: at, Text: notJudged(noValue(cause))})
			return
		}
	}
	needless := uses.needless(p.Kind)
	if o.choseNothing(query.Variable{Name: p.Variable}) {
		needless = "; the chosen value is empty"
	}
	text := cmp.Or(why.String(), p.Text) + cmp.Or(needless, uses.String())
	switch {
	case why.why != "" || p.Kind == view.Unknown || needless != "":
		v.notes = append(v.notes, report.Finding{Place: at, Text: text})
	case p.Kind == view.Unanswered:
		v.errors = append(v.errors, unanswered(at, text))
	default:
		v.findings = append(v.findings, report.Finding{Place: at, Kind: variable, Text: text})
	}
}

// noValue is why a query is not judged.
func noValue(cause string) string { return fmt.Sprintf("variable %s has no value", cause) }

// causes returns the variables without a value, each with the variable that is the cause: itself, or one that its query
// needs. In a circle the first one is the cause.
func causes(variables []grafana.Variable, values map[string]query.Value, problems []view.Problem) map[string]string {
	var blank []grafana.Variable
	for _, v := range variables {
		isWrong := slices.ContainsFunc(problems, func(p view.Problem) bool { return p.Variable == v.Name })
		if value := values[v.Name]; (isLookedUp(v) || isWrong) && len(value.Values) == 0 && (!value.All || value.AllValue == "") {
			blank = append(blank, v)
		}
	}
	needs := map[string]map[string]bool{}
	for _, v := range blank {
		needs[v.Name] = map[string]bool{}
		follow(blank, v, needs[v.Name])
	}
	all := map[string]string{}
	for _, v := range blank {
		all[v.Name] = v.Name
		for _, other := range blank {
			isFirst := len(needs[other.Name]) == 0 || needs[other.Name][other.Name]
			if isFirst && (other.Name == v.Name || needs[v.Name][other.Name]) {
				all[v.Name] = other.Name
				break
			}
		}
	}
	return all
}

// follow adds the variables without a value that a variable needs, directly or through others.
func follow(blank []grafana.Variable, v grafana.Variable, needs map[string]bool) {
	for _, reference := range query.References(v.Query + " " + v.Regex) {
		at := slices.IndexFunc(blank, func(other grafana.Variable) bool { return other.Name == reference.Name })
		if at >= 0 && !needs[reference.Name] {
			needs[reference.Name] = true
			follow(blank, blank[at], needs)
		}
	}
}

// causeOf returns the first cause why a query cannot be judged, or an empty text.
func causeOf(causes map[string]string, expr string) string {
	if len(causes) == 0 {
		return ""
	}
	for _, reference := range query.References(expr) {
		if cause := causes[reference.Name]; cause != "" {
			return cause
		}
	}
	return ""
}

// isLookedUp reports whether a variable's values come from elsewhere. Others may be empty on purpose, such as a text
// that nobody has typed.
func isLookedUp(v grafana.Variable) bool {
	return !slices.Contains([]string{
		"custom", "constant", "interval", "textbox", "datasource", "switch", "adhoc", "groupby",
	}, v.Type)
}

// unresolved returns why a variable has only the value saved with the board.
func unresolved(v grafana.Variable) string {
	switch {
	case v.Type == "query" && v.Skip != "":
		return "saved value used: " + v.Skip
	case v.Type == "adhoc":
		return "its filters are not applied"
	case v.Type == "groupby":
		return "its grouping is not applied"
	case v.Type != "query" && isLookedUp(v):
		return fmt.Sprintf("saved value used: the type %s is unknown", v.Type)
	}
	return ""
}
