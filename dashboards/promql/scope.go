package promql

import (
	"slices"

	"gaugewright/dashboards/metric"
)

// Scope is where an expression is made: which series it may see, which labels name a process, and over which window
// it looks back. A board's scope has the dashboard's variables and Grafana's window; an alert's has a fixed job and a
// fixed window. So one function serves both.
type Scope struct {
	target []Matcher // apply to every series of the target, up included
	own    []Matcher // apply where the metric has the label
	window Window
	modifiers
	native  bool // histograms have no le
	lacking func(name string) bool
	*view
}

// view is derived from a scope's labels and matchers, once, and shared by everything made in the scope.
type view struct {
	identity []metric.Label
	text     string   // of all matchers
	labels   labelSet // of every series of the target
	constant labelSet // labels with only one value, of no use to a reader
	matchers []Matcher
}

// NewScope makes a scope over the target that the matchers select. The identity labels together name one process.
func NewScope(window Window, identity []metric.Label, target ...Matcher) Scope {
	return Scope{window: window, target: target}.derive(identity)
}

// Lacking is the scope of a target without the metrics for whose names lacking returns true. An expression with such
// a metric is not a mistake: its Missing is true, and it is left out.
func (s Scope) Lacking(lacking func(name string) bool) Scope {
	s.lacking = lacking
	return s
}

// lacks reports whether the target does not expose a family. A family without a name never exists.
func (s Scope) lacks(f metric.Family) bool {
	return f.Name == "" || s.lacking != nil && s.lacking(f.Name)
}

// Process are the labels that name one process: its identity, and the job, which alerts and links need.
func (s Scope) Process() []metric.Label {
	if slices.Contains(s.names(), metric.JobLabel) {
		return s.Identity()
	}
	return append(s.Identity(), metric.JobLabel)
}

// Identity are the labels that together name one process.
func (s Scope) Identity() []metric.Label { return slices.Clone(s.names()) }

// Where narrows the scope. A metric without a matcher's label is then an error.
func (s Scope) Where(matchers ...Matcher) Scope {
	s.own = slices.Concat(s.own, matchers)
	return s.derive(s.names())
}

// Whole is the scope without the matchers of Where.
func (s Scope) Whole() Scope {
	s.own = nil
	return s.derive(s.names())
}

// Over is the scope with another window.
func (s Scope) Over(window Window) Scope {
	s.window = window
	return s
}

// Aggregated is the scope of series that a recording rule has aggregated to the labels. They no longer name a
// process.
func (s Scope) Aggregated(to ...metric.Label) Scope {
	s.target = slices.DeleteFunc(slices.Clone(s.target), func(m Matcher) bool { return !slices.Contains(to, m.label) })
	return s.derive(nil)
}

// derive makes the view from the identity and the matchers. The job is constant, since a target has one.
func (s Scope) derive(identity []metric.Label) Scope {
	all := slices.Concat(s.target, s.own)
	v := &view{identity: identity, matchers: all, text: Selector(all...), constant: job}
	v.labels = v.labels.with(identity...)
	for _, m := range s.target {
		v.labels = v.labels.with(m.label)
	}
	for _, m := range all {
		if m.op == "=" {
			v.constant = v.constant.with(m.label)
		}
	}
	s.view = v
	return s
}

var job = labelSet{metric.JobLabel}

// seen returns the scope's view; an empty one for the zero Scope, which has no matchers.
func (s Scope) seen() *view {
	if s.view == nil {
		return &view{constant: job}
	}
	return s.view
}

// names returns the labels that together name one process; none for a result without a scope, such as a number.
func (v *view) names() []metric.Label {
	if v == nil {
		return nil
	}
	return v.identity
}

// equal returns the labels that are only matched by equality: the result of absent has these.
func (v *view) equal() labelSet {
	if v == nil {
		return nil
	}
	var equal, other labelSet
	for _, m := range v.matchers {
		if m.op != "=" || equal.has(m.label) {
			other = other.with(m.label)
		} else {
			equal = equal.with(m.label)
		}
	}
	return equal.without(other...)
}
