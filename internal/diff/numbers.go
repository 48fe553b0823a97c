package diff

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/query"
)

// quantiles are the functions and the aggregation whose number is a quantile.
var quantiles = []string{"histogram_quantile", "quantile_over_time", "quantile"}

// argumentWords says which numbers and texts functions and aggregations are given now. Where one of them came or went, what
// it is given is not told by itself.
func argumentWords(a, b *query.Query) []Text {
	olds, news := arguments(a), arguments(b)
	var all []Text
	for _, name := range slices.Sorted(maps.Keys(olds)) {
		if olds[name].uses != news[name].uses {
			continue
		}
		for _, text := range goneAndComeWords(olds[name].texts, news[name].texts) {
			if slices.Contains(quantiles, name) {
				text.Words = "quantile " + text.Words
			} else {
				text = Text{"{} " + text.Words, append([]string{name}, text.Foreign...)}
			}
			all = append(all, text)
		}
	}
	return all
}

// given is what all uses of a function or aggregation are given: numbers, and texts in quotes.
type given struct {
	uses  int
	texts []string
}

// arguments returns what functions and aggregations are given, by their names.
func arguments(q *query.Query) map[string]given {
	all := map[string]given{}
	add := func(name string, numbers, texts []string) {
		one := all[name]
		one.uses++
		one.texts = append(one.texts, numbers...)
		for _, text := range texts {
			one.texts = append(one.texts, strconv.Quote(text))
		}
		all[name] = one
	}
	for _, call := range q.Calls() {
		add(call.Func, call.Numbers, call.Texts)
	}
	for _, one := range q.Aggregations() {
		var numbers []string
		if one.Number != "" {
			numbers = []string{one.Number}
		}
		add(one.Op, numbers, one.Texts)
	}
	return all
}

// operationWords says which operators came or went, with the number on their side, and how they match series now.
func operationWords(a, b *query.Query) []Text {
	olds, news := operations(a), operations(b)
	bare := func(o query.Operation) bool { return o.Left+o.Right == "" }
	all := goneAndComeWords(written(olds, bare), written(news, bare))
	for i := range all {
		all[i].Words = "operator " + all[i].Words
	}
	withNumber := func(o query.Operation) bool { return !bare(o) }
	all = append(all, goneAndComeWords(written(olds, withNumber), written(news, withNumber))...)
	if len(all) > 0 || len(olds) != len(news) {
		return all
	}
	for i := range olds {
		if old, new := joining(olds[i]), joining(news[i]); old != new {
			all = append(all, say("series matched {} → {}", old, new))
		}
	}
	return all
}

// operations returns the operations but those that comparisonWords tells.
func operations(q *query.Query) []query.Operation {
	return slices.DeleteFunc(q.Operations(), func(o query.Operation) bool {
		return o.Left+o.Right != "" && strings.ContainsAny(o.Op, "<>=")
	})
}

// written writes those of the operations that are wanted.
func written(all []query.Operation, isWanted func(query.Operation) bool) []string {
	var texts []string
	for _, o := range all {
		if isWanted(o) {
			texts = append(texts, operator(o))
		}
	}
	return texts
}

// operator writes an operator and the number on its side: * 1000, also where the number comes first; 1 -.
func operator(o query.Operation) string {
	switch {
	case o.Right != "":
		return o.Op + " " + o.Right
	case o.Left == "":
		return o.Op
	case o.Op == "*" || o.Op == "+":
		return o.Op + " " + o.Left
	}
	return o.Left + " " + o.Op
}

// joining writes how an operation finds the series that belong together.
func joining(o query.Operation) string {
	list := func(word string, all []query.Label) string {
		return word + " (" + strings.Join(labels(all), ", ") + ")"
	}
	var texts []string
	switch {
	case o.On:
		texts = append(texts, list("on", o.Matching))
	case o.Matching != nil:
		texts = append(texts, list("ignoring", o.Matching))
	}
	switch {
	case o.Group != "" && o.Include != nil:
		texts = append(texts, list(o.Group, o.Include))
	case o.Group != "":
		texts = append(texts, o.Group)
	}
	if texts == nil {
		return "by all labels"
	}
	return strings.Join(texts, " ")
}

// subqueryWords says how the ranges of subqueries changed.
func subqueryWords(a, b *query.Query) []Text {
	olds, news := a.Subqueries(), b.Subqueries()
	if len(olds) != len(news) {
		return nil
	}
	var all []Text
	for i, old := range olds {
		for _, one := range []struct{ words, old, new string }{
			{"window of the subquery {} → {}", old.Range, news[i].Range},
			{"step of the subquery {} → {}", old.Step, news[i].Step},
			{"offset of the subquery {} → {}", old.Offset, news[i].Offset},
			{"time of the subquery @ {} → {}", old.At, news[i].At},
		} {
			if one.old != one.new {
				all = append(all, say(one.words, orNone(one.old), orNone(one.new)))
			}
		}
	}
	return all
}

func orNone(text string) string { return value{text: text}.String() }
