package promql

import (
	"cmp"
	"slices"

	"gaugewright/dashboards/metric"
)

// UnsetAbove is where a limit that nobody set begins: GOMEMLIMIT reads 2^63-1, GOGC=off 1.8e19. Measured.
const UnsetAbove = "2 ^ 62"

// selector is the plain series of a family in the scope, without modifiers.
func (s Scope) selector(f metric.Family, more ...Matcher) Expr {
	v := s.seen()
	text := v.text
	if len(more) > 0 {
		text = Selector(slices.Concat(s.target, s.own, more)...)
	}
	e := Expr{
		text: f.Name + text, binding: bindsAll, dim: dimensionOf(f.Unit),
		labels: v.labels.with(f.Labels...), constant: v.constant, view: v,
	}
	if s.lacks(f) {
		return e.missing(cmp.Or(f.Name, "a metric"))
	}
	for _, m := range s.own {
		if m.label == "" {
			return e.missing("a label to match")
		}
		if !e.labels.has(m.label) {
			return e.fail("%s has no label %s to match", f.Name, m.label)
		}
	}
	return e
}

// read are the series of a family as they are.
func (s Scope) read(f metric.Family, more ...Matcher) Expr {
	e := s.selector(f, more...)
	if s.extended == anchored {
		return e.fail("%s is read as it is: only windows are anchored", f.Name)
	}
	return e.wrap("", s.instant())
}
