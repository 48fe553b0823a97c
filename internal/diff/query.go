package diff

import (
	"fmt"
	"slices"
	"strings"

	"gaugewright/internal/query"
)

// query tells how the expression of a query, an annotation or a rule changed, and when it is evaluated.
func (c *comparer) query(d *delta) {
	one, isChanged := d.take("expr")
	if isChanged {
		c.expression(d, one)
	}
	instant, hasInstant := d.take("instant")
	span, hasRange := d.take("range")
	if hasInstant || hasRange {
		old, new := evaluated(d.old), evaluated(d.new)
		if old == new {
			old, new = instant.old.String()+" "+span.old.String(), instant.new.String()+" "+span.new.String()
		}
		c.tell(d, "instant", Behaviour, say("evaluated {} → {}", old, new), old, new)
	}
}

func evaluated(p *part) string {
	switch {
	case p.target == nil:
		return "as before"
	case p.target.Instant && p.target.Range:
		return "over the range and now"
	case p.target.Instant:
		return "now"
	}
	return "over the range"
}

// expression tells how an expression changed: in words where they are certain.
func (c *comparer) expression(d *delta, one difference) *Change {
	level := Behaviour
	var words []Text
	if d.old.isPromQL() && d.new.isPromQL() {
		words = queryWords(one.old.text, one.new.text, c.bounds)
	}
	for _, word := range words {
		switch {
		case strings.HasPrefix(word.Words, lost):
			level = Breaking
		case word.Words == sameMeaning:
			level = Cosmetic
		}
	}
	text := Text{Words: map[kind]string{aQuery: "", aRule: "expression ", anAnnotation: "query "}[d.new.kind] + changed}
	for i, word := range words {
		text.Words += []string{": ", "; "}[min(i, 1)] + word.Words
		text.Foreign = append(text.Foreign, word.Foreign...)
	}
	change := c.tell(d, "expr", level, text, one.old.text, one.new.text)
	c.words(change, one.old.text, one.new.text)
	return change
}

// isPromQL reports whether a part's expression is for Prometheus.
func (p *part) isPromQL() bool { return p.target == nil || p.target.Skip == "" }

const (
	lost        = "no longer parses as PromQL: "
	sameMeaning = "written in another way, with the same meaning"
)

// queryWords says in words what changed in a query; it says nothing that is not certain.
func queryWords(old, new string, most *bounds) []Text {
	if !most.spend(readingSteps(old) + readingSteps(new)) {
		return nil
	}
	a, oldErr := query.Parse(old)
	b, newErr := query.Parse(new)
	switch {
	case new == "" || old == "":
		return nil
	case oldErr == nil && newErr != nil:
		return []Text{say(lost+"{}", newErr.Error())}
	case oldErr != nil && newErr == nil:
		return []Text{say("parses as PromQL now")}
	case oldErr != nil:
		return nil
	case a.Canonical() == b.Canonical():
		return []Text{say(sameMeaning)}
	}
	if tries := min(len(a.Operations()), query.MaxExchanged); most.spend(tries * tries * (4 + len(old)/500)) {
		if op := a.Exchanged(b); op != "" {
			return []Text{say("sides of {} exchanged", op)}
		}
	}
	var all []Text
	for _, text := range slices.Concat(callWords(a, b), aggregationWords(a, b), argumentWords(a, b), selectorWords(a, b), subqueryWords(a, b),
		operationWords(a, b), comparisonWords(a, b)) {
		if !slices.ContainsFunc(all, func(other Text) bool { return other.String() == text.String() }) {
			all = append(all, text)
		}
		if len(all) > maxWords {
			return []Text{say("rewritten")}
		}
	}
	return all
}

// readingSteps estimates how many steps it takes to read a query: Prometheus's parser looks at all operators before each.
func readingSteps(text string) int {
	text = text[:min(len(text), maxLike)] // a longer one is not read
	signs := 0
	for _, sign := range []string{"+", "-", "*", "/", "%", "^", "<", ">", "=", " or ", " and ", " unless "} {
		signs += strings.Count(text, sign)
	}
	return signs*signs + len(text)
}

// maxWords is how many single changes a sentence lists; a query with more is another query.
const maxWords = 5

// goneAndCome returns what only one of two lists has.
func goneAndCome[T comparable](old, new []T) (gone, come []T) {
	return without(old, new), without(new, old)
}

// without returns a list without what another one has, too, each as often as there.
func without[T comparable](list, other []T) (rest []T) {
	times := make(map[T]int, len(other))
	for _, one := range other {
		times[one]++
	}
	for _, one := range list {
		if times[one]--; times[one] < 0 {
			rest = append(rest, one)
		}
	}
	return rest
}

// goneAndComeWords says what only one of two lists has.
func goneAndComeWords(old, new []string) []Text {
	gone, come := goneAndCome(old, new)
	if len(gone) == len(come) && len(gone) > 0 && same(gone) && same(come) {
		return []Text{say("{} → {}", gone[0], come[0])}
	}
	var all []Text
	for _, text := range gone {
		all = append(all, say("{} removed", text))
	}
	for _, text := range come {
		all = append(all, say("{} added", text))
	}
	return all
}

func same(texts []string) bool {
	return !slices.ContainsFunc(texts, func(text string) bool { return text != texts[0] })
}

func callWords(a, b *query.Query) []Text {
	names := func(q *query.Query) []string {
		var all []string
		for _, call := range q.Calls() {
			all = append(all, call.Func)
		}
		return all
	}
	return goneAndComeWords(names(a), names(b))
}

func aggregationWords(a, b *query.Query) []Text {
	olds, news := a.Aggregations(), b.Aggregations()
	if len(olds) != len(news) {
		ops := func(all []query.Aggregation) []string {
			var names []string
			for _, one := range all {
				names = append(names, one.Op)
			}
			return names
		}
		return goneAndComeWords(ops(olds), ops(news))
	}
	if gone, _ := goneAndCome(groupings(olds), groupings(news)); gone == nil {
		return nil // in another order
	}
	var all []Text
	for i := range olds {
		all = append(all, aggregation(olds[i], news[i])...)
	}
	return all
}

func groupings(all []query.Aggregation) []string {
	var texts []string
	for _, one := range all {
		texts = append(texts, one.Op+" "+grouping(one))
	}
	return texts
}

func aggregation(old, new query.Aggregation) []Text {
	var all []Text
	if old.Op != new.Op {
		all = append(all, say("{} → {}", old.Op, new.Op))
	}
	gone, come := goneAndCome(labels(old.Labels), labels(new.Labels))
	switch {
	case old.Without != new.Without:
		all = append(all, say("grouped {} → {}", grouping(old), grouping(new)))
	case old.Without:
		all = append(all, listed("also grouped by {}", gone)...)
		all = append(all, listed("no longer grouped by {}", come)...)
	default:
		all = append(all, listed("also grouped by {}", come)...)
		all = append(all, listed("no longer grouped by {}", gone)...)
	}
	return all
}

func listed(words string, texts []string) []Text {
	if len(texts) == 0 {
		return nil
	}
	return []Text{say(words, strings.Join(texts, ", "))}
}

func labels(all []query.Label) []string {
	var names []string
	for _, l := range all {
		names = append(names, l.Name)
	}
	return names
}

func grouping(a query.Aggregation) string {
	word := "by"
	switch {
	case a.Without:
		word = "without"
	case len(a.Labels) == 0:
		return "by no label"
	}
	return fmt.Sprintf("%s (%s)", word, strings.Join(labels(a.Labels), ", "))
}

// comparisonWords says which limits changed.
func comparisonWords(a, b *query.Query) []Text {
	operators := func(q *query.Query) (all []string) {
		for _, one := range q.Comparisons() {
			all = append(all, one.Op)
		}
		return all
	}
	olds, news := limits(a), limits(b)
	var all []Text
	if slices.Equal(operators(a), operators(b)) {
		for i := range olds {
			all = append(all, goneAndComeWords(olds[i:i+1], news[i:i+1])...)
		}
	} else {
		all = goneAndComeWords(olds, news)
	}
	for i := range all {
		all[i].Words = "limit " + all[i].Words
	}
	return all
}

func limits(q *query.Query) []string {
	var all []string
	for _, one := range q.Comparisons() {
		text := one.Op + " " + one.Limit
		if one.Bool {
			text = one.Op + " bool " + one.Limit
		}
		all = append(all, text)
	}
	return all
}
