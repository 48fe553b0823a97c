package ruletest

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"gaugewright/internal/rules"
)

// Mutant is a rule with one small break: a changed threshold, a halved window, a dropped matcher. A test that still
// passes does not test what was broken.
type Mutant struct {
	Rule   string // the name of the alert or series, with labels where several have this name
	Change string // such as "200 -> 160"; unique within the rule
	Expr   string // the changed expression
	place  place
	group  rules.Group
	broken rules.Rule
}

// String names the mutant: "GoThreadLeak: 200 -> 160".
func (m Mutant) String() string { return m.Rule + ": " + m.Change }

// mutantsIn returns all breaks of the rules of the files, in their order: thresholds and other numbers times 0.8 and
// 1.25; windows, offsets and for halved and doubled; comparisons reversed; each matcher dropped from all selectors
// that have it; each label of by, without and on dropped; each side of and, or and unless dropped; each label and
// each annotation dropped.
func mutantsIn(files ...rules.File) []Mutant {
	named := map[string]int{}
	for _, file := range files {
		for _, group := range file.Groups {
			for _, rule := range group.Rules {
				named[rule.Name()]++
			}
		}
	}
	var all []Mutant
	for _, file := range files {
		for number, group := range file.Groups {
			for i, rule := range group.Rules {
				title := rule.Name()
				if named[title] > 1 {
					title += labels.FromMap(rule.Labels).String()
				}
				all = append(all, mutantsOf(title, place{file.Path, number, i}, group, rule)...)
			}
		}
	}
	return all
}

// breaking collects the mutants of one rule.
type breaking struct {
	origin Mutant
	seen   map[string]int
	all    []Mutant
}

func mutantsOf(title string, at place, group rules.Group, r rules.Rule) []Mutant {
	b := &breaking{origin: Mutant{Rule: title, Expr: r.Expr, place: at, group: group, broken: r}, seen: map[string]int{}}
	b.exprs()
	b.durations("for", r.For, func(m *Mutant, d model.Duration) { m.broken.For = d })
	b.durations("keep_firing_for", r.KeepFiringFor, func(m *Mutant, d model.Duration) { m.broken.KeepFiringFor = d })
	for _, name := range slices.Sorted(maps.Keys(r.Labels)) {
		b.add("drop label "+name, func(m *Mutant) { m.broken.Labels = without(r.Labels, name) })
	}
	for _, name := range slices.Sorted(maps.Keys(group.Labels)) {
		if _, own := r.Labels[name]; !own {
			b.add("drop label "+name, func(m *Mutant) { m.group.Labels = without(group.Labels, name) })
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Annotations)) {
		b.add("drop annotation "+name, func(m *Mutant) { m.broken.Annotations = without(r.Annotations, name) })
	}
	return b.all
}

// add adds a mutant. A second one with the same change gets a number.
func (b *breaking) add(change string, apply func(*Mutant)) {
	b.seen[change]++
	m := b.origin
	m.Change = change
	if n := b.seen[change]; n > 1 {
		m.Change = fmt.Sprintf("%s (%d)", change, n)
	}
	apply(&m)
	b.all = append(b.all, m)
}

func (b *breaking) durations(what string, d model.Duration, set func(*Mutant, model.Duration)) {
	for _, other := range halfAndDouble(time.Duration(d)) {
		b.add(fmt.Sprintf("%s %s -> %s", what, d, model.Duration(other)), func(m *Mutant) { set(m, model.Duration(other)) })
	}
}

// exprs adds a mutant for each edit of the expression that Prometheus still accepts. Each edit has its own copy of
// the tree.
func (b *breaking) exprs() {
	count := len(editsOf(b.origin.broken.Expr).all)
	for i := range count {
		tree := editsOf(b.origin.broken.Expr)
		tree.all[i].apply()
		text := tree.root.String()
		if _, err := rules.PromQL.ParseExpr(text); err == nil {
			b.add(tree.all[i].change, func(m *Mutant) { m.Expr, m.broken.Expr = text, text })
		}
	}
}

func without(set map[string]string, name string) map[string]string {
	less := maps.Clone(set)
	delete(less, name)
	return less
}

// halfAndDouble returns half and twice a duration; nothing for 0.
func halfAndDouble(d time.Duration) []time.Duration {
	if d == 0 {
		return nil
	}
	return []time.Duration{d / 2, d * 2}
}

// edits are all small breaks of one expression.
type edits struct {
	root    parser.Expr
	all     []edit
	dropped map[string][]func() // functions that drop each matcher from each selector
}

// edit is one break: its description, and the change of the tree.
type edit struct {
	change string
	apply  func()
}

// editsOf returns the edits of a valid expression.
func editsOf(text string) *edits {
	e := &edits{dropped: map[string][]func(){}}
	if expr, err := rules.PromQL.ParseExpr(text); err == nil {
		e.root = expr
		e.visit(&e.root)
		e.everywhere()
	}
	return e
}

func (e *edits) add(apply func(), format string, args ...any) {
	e.all = append(e.all, edit{fmt.Sprintf(format, args...), apply})
}
