package promql

import (
	"cmp"
	"slices"

	"gaugewright/dashboards/metric"
)

// UnsetAbove is the least value of a limit that is not set: GOMEMLIMIT reads 2^63-1, GOGC=off 1.8e19. Measured.
const UnsetAbove = "2 ^ 62"

// selector returns the plain series of a family in the scope, without modifiers.
func (s Scope) selector(f metric.Family, more ...Matcher) Expr {
	v := s.seen()
	e := Expr{
		text: v.selector(f.Name, more), binding: bindsAll, dim: dimensionOf(f.Unit),
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

// selector returns the text that selects a metric by name. A name that needs quotes is among the matchers.
func (v *view) selector(name string, more []Matcher) string {
	if bare(name) && len(more) == 0 {
		return name + v.text
	}
	all := slices.Concat(v.matchers, more)
	if !bare(name) {
		return Selector(append(all, MatchEqual("__name__", name))...)
	}
	return name + Selector(all...)
}

// read returns the unchanged series of a family.
func (s Scope) read(f metric.Family, more ...Matcher) Expr {
	e := s.selector(f, more...)
	if s.extended == anchored {
		return e.fail("%s is read without a window: only windows can be anchored", f.Name)
	}
	return e.wrap("", s.instant())
}
