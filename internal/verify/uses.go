package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
	"gaugewright/internal/report"
)

// uses are what depends on a variable without a value.
type uses struct {
	panels, annotations int  // not judged because of it
	others              int  // panels, annotations and variables that find something all the same
	decides             bool // a condition on what is shown names it
}

// uses asks the queries that depend on a variable.
func (j *judge) uses(ctx context.Context, o resolved, cause string) (uses, error) {
	var u uses
	for _, p := range o.Panels {
		if slices.ContainsFunc(conditionsOf(p), func(n *grafana.Node) bool { return names(n, cause) }) {
			u.decides = true
		}
		lost, depends, err := j.lost(ctx, o, p, cause)
		if err != nil {
			return u, err
		}
		u.count(&u.panels, lost, depends)
	}
	for _, a := range o.Annotations {
		if !a.Active() {
			continue
		}
		lost, depends, err := j.lost(ctx, o, annotated(a), cause)
		if err != nil {
			return u, err
		}
		u.count(&u.annotations, lost, depends)
	}
	for _, v := range o.Variables {
		if len(o.values[0][v.Name].Values) > 0 && refers(v.Query, cause) {
			u.others++
		}
	}
	return u, nil
}

func (u *uses) count(unjudged *int, lost, depends bool) {
	switch {
	case lost:
		*unjudged++
	case depends:
		u.others++
	}
}

// lost reports whether a query of a panel is not judged because of a variable, and whether any depends on it.
func (j *judge) lost(ctx context.Context, o resolved, p grafana.Panel, cause string) (lost, depends bool, err error) {
	for _, t := range p.Targets {
		if skipped(t) != "" || o.causeOf(t.Expr) != cause || slices.Contains(queryless, p.Type) {
			continue
		}
		r, err := j.ask(ctx, report.Place{}, o, p, t)
		if err != nil {
			return false, true, err
		}
		lost, depends = lost || r.Why == noValue(cause), depends || r.State == HasData || r.State == Empty
	}
	return lost, depends, nil
}

// needless returns why nothing misses a variable's values, or an empty text. A regex that matches nothing is a mistake
// unless a condition asks whether it does.
func (u uses) needless(k view.Kind) string {
	isEmpty := k == view.NothingFound || k == view.NothingMatches
	switch {
	case !isEmpty || u.panels+u.annotations > 0:
		return ""
	case u.decides:
		return "; it decides what is shown, and may be empty"
	case u.others > 0 && k == view.NothingFound:
		return "; its panels find series without it"
	}
	return ""
}

// String says how many panels and annotations are not judged because of the variable, or nothing.
func (u uses) String() string {
	var all []string
	if u.panels > 0 {
		all = append(all, report.Count(u.panels, "panel"))
	}
	if u.annotations > 0 {
		all = append(all, report.Count(u.annotations, "annotation"))
	}
	switch u.panels + u.annotations {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("; %s depends on it and is not judged", all[0])
	}
	return fmt.Sprintf("; %s depend on it and are not judged", strings.Join(all, " and "))
}

// refers reports whether a text has a variable in it.
func refers(text, name string) bool {
	return slices.ContainsFunc(query.References(text), func(v query.Variable) bool { return v.Name == name })
}

// names reports whether a group of conditions asks for the value of a variable.
func names(conditions *grafana.Node, variable string) bool {
	return slices.ContainsFunc(conditions.At("spec", "items").List(), func(n *grafana.Node) bool {
		return n.At("spec", "variable").Text() == variable
	})
}
