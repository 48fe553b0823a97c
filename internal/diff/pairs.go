package diff

import (
	"fmt"
	"slices"

	"gaugewright/internal/grafana"
)

// Values are what a change does to the numbers, on data that both versions were evaluated on.
type Values struct {
	Text   Text `json:"text"`
	IsSame bool `json:"same"`
}

// Evaluable is a change whose two versions can be evaluated.
type Evaluable struct {
	*Change
	Pairs []Pair // one, or one for each panel that has the change
}

// Pair is what changed on both sides: queries of a panel, or rules. Of what was added there is no old one.
type Pair struct {
	Panel    string // its title
	Old, New Side
}

// Side is a version of the query of a panel, of a panel with all its queries, or of a rule. The zero Side is none.
type Side struct {
	Board  *grafana.Board
	Panel  *grafana.Panel
	Target *grafana.Target // nil: all of the panel
	Rule   *Rule
}

// Rule is a rule as its file has it.
type Rule struct {
	Alert, Record, Expr, For, KeepFiringFor string
	Interval                                string // of its group
}

// Evaluable returns the changes of queries, rules and alerts' times, and the panels, queries and alerts that were added.
// A rule is there once, by the first of its changes. A query that nobody sees is left out.
func (r *Result) Evaluable() []Evaluable {
	var all []Evaluable
	isTold := map[*part]bool{}
	for _, s := range r.Sections {
		for i := range s.Changes {
			c := &s.Changes[i]
			each := c.each
			if each == nil {
				each = []Change{*c}
			}
			var pairs []Pair
			for _, one := range each {
				if pair, ok := one.pair(); ok && !isTold[one.part] {
					isTold[one.part] = one.part.kind == aRule
					pairs = append(pairs, pair)
				}
			}
			if pairs != nil {
				all = append(all, Evaluable{c, pairs})
			}
		}
	}
	return all
}

func (c Change) pair() (Pair, bool) {
	isEvaluable := false
	switch c.part.kind {
	case anAnnotation:
		isEvaluable = c.Kind == "expr" && c.part.isPromQL()
	case aQuery:
		isOfPanel := c.part.within(aPanel) != nil
		isSeen := !c.part.target.Hidden || c.part.target.Needed
		isEvaluable = isSeen && (c.Kind == "expr" && (isOfPanel || c.part.isPromQL()) || c.Kind == added && isOfPanel)
	case aPanel:
		isEvaluable = c.Kind == added && len(c.part.panel.Targets) > 0
	case aRule:
		isEvaluable = c.Kind == "expr" || c.Kind == "for" || c.Kind == "keep_firing_for" || c.Kind == added && c.part.get("alert") != (value{})
	}
	if !isEvaluable {
		return Pair{}, false
	}
	pair := Pair{New: c.part.side()}
	if c.Kind != added {
		pair.Old = c.was.side()
	}
	if panel := c.part.within(aPanel); panel != nil {
		pair.Panel = panel.title()
	}
	return pair, true
}

// side returns a part as what can be evaluated. The query of an annotation, and of a rule of Grafana, is evaluated as if it
// were recorded.
func (p *part) side() Side {
	switch {
	case p.within(aPanel) == nil && p.kind != aRule:
		return Side{Rule: &Rule{Record: p.name, Expr: p.expr}}
	case p.kind == aRule:
		return Side{Rule: &Rule{Alert: p.get("alert").text, Record: p.get("record").text, Expr: p.get("expr").text, For: p.get("for").text,
			KeepFiringFor: p.get("keep_firing_for").text, Interval: p.parent.get("interval").text}}
	}
	return Side{Board: p.top().board, Panel: p.within(aPanel).panel, Target: p.target}
}

// told writes the change and what it does to the numbers; quote is called for foreign texts.
func (c Change) told(quote func(string) string) string {
	text := c.Text.With(quote)
	if c.Values != nil {
		text += "; measured: " + c.Values.Text.With(quote)
	}
	return text
}

// measured sums up, for the verdict, what the changes do to the numbers.
func (r *Result) measured() string {
	others := map[kind]map[*part]bool{aPanel: {}, aRule: {}, anAnnotation: {}}
	for _, s := range r.Sections {
		for _, c := range s.Changes {
			if c.Values == nil || c.Values.IsSame || c.Kind == added {
				continue
			}
			for _, one := range append(slices.Clip(c.each), c) {
				for kind, parts := range others {
					if p := one.part.within(kind); p != nil {
						parts[p] = true
					}
				}
			}
		}
	}
	return counted(len(others[aPanel]), "; %d panel shows other values", "; %d panels show other values") +
		counted(len(others[anAnnotation]), "; %d annotation shows other values", "; %d annotations show other values") +
		counted(len(others[aRule]), "; %d rule gives other values", "; %d rules give other values") +
		counted(r.Unevaluated, "; %d changed query could not be evaluated", "; %d changed queries could not be evaluated")
}

// counted says a number of things; it says nothing of none.
func counted(n int, one, several string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(one, n)
	}
	return fmt.Sprintf(several, n)
}
