package view

import (
	"maps"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// Copies returns the variables' values in each copy of a panel: for each value of the variable that repeats it, and of
// those that repeat the rows and tabs around it. A panel without a repeat, or without values for it, is one copy. At
// most so many copies are returned as the limit says; total is how many there are.
func Copies(p grafana.Panel, values map[string]query.Value, limit int) (copies []map[string]query.Value, total int) {
	copies, total = []map[string]query.Value{values}, 1
	for _, section := range p.Within {
		copies, total = multiply(copies, total, section.Repeat.Variable, limit)
	}
	return multiply(copies, total, p.Repeat.Variable, limit)
}

// multiply repeats each of the copies for each value of a variable.
func multiply(copies []map[string]query.Value, total int, name string, limit int) ([]map[string]query.Value, int) {
	count := len(copies[0][name].Values)
	if count == 0 {
		return copies, total
	}
	var all []map[string]query.Value
	for _, values := range copies {
		for i := range values[name].Values {
			if len(all) == max(1, limit) {
				break
			}
			one := maps.Clone(values)
			one[name] = only(values[name], i)
			all = append(all, one)
		}
	}
	return all, min(total*min(count, maxCopies), maxCopies)
}

// maxCopies bounds the total, which is for people.
const maxCopies = 1 << 20

// only returns one of several values, with what belongs to it.
func only(v query.Value, i int) query.Value {
	one := query.Value{Values: v.Values[i : i+1], Multi: v.Multi, Single: true}
	if i < len(v.Texts) {
		one.Texts = v.Texts[i : i+1]
	}
	if i < len(v.Properties) {
		one.Properties = v.Properties[i : i+1]
	}
	return one
}
