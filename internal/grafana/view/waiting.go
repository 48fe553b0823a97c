package view

import (
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// waiting are the variables without a value yet.
type waiting struct {
	variables []grafana.Variable
	names     map[string]bool
	refersTo  map[string][]string // the names of the variables among them to which each refers
}

func newWaiting(variables []grafana.Variable) *waiting {
	w := &waiting{variables: variables, names: map[string]bool{}, refersTo: map[string][]string{}}
	for _, v := range variables {
		w.names[v.Name] = true
	}
	for _, v := range variables {
		var names []string
		for _, reference := range query.References(v.Query + " " + v.Regex) {
			if w.names[reference.Name] {
				names = append(names, reference.Name)
			}
		}
		slices.Sort(names)
		w.refersTo[v.Name] = slices.Compact(names)
	}
	return w
}

// next takes out the first variable that refers to none of the others. Where each refers to one, it takes the first of all, and
// isFree is false.
func (w *waiting) next() (v grafana.Variable, isFree bool) {
	at := slices.IndexFunc(w.variables, func(v grafana.Variable) bool { return !w.waits(v) })
	isFree = at >= 0
	at = max(at, 0)
	v = w.variables[at]
	w.variables = slices.Delete(w.variables, at, at+1)
	delete(w.names, v.Name)
	return v, isFree
}

// waits reports whether a variable refers to one that has no value yet.
func (w *waiting) waits(v grafana.Variable) bool {
	return slices.ContainsFunc(w.refersTo[v.Name], func(name string) bool { return w.names[name] })
}
