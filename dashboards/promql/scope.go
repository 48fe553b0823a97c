package promql

import (
	"slices"

	"gaugewright/dashboards/metric"
)

// Scope is where an expression is made: which series it may see, which labels tell processes apart, and over which
// window it looks back. A board's scope has the dashboard's variables and Grafana's window; an alert's has a fixed job
// and a fixed window; so one function serves both.
type Scope struct {
	target []Matcher // hold for every series of the target, up included
	own    []Matcher // hold where the metric has the label
	window Window
	modifiers
	native  bool // histograms have no le
	lacking func(name string) bool
	*view
}

// view is what follows from a scope's labels and matchers: derived once, and shared by all that is made in the scope.
type view struct {
	identity []metric.Label
	text     string   // of all matchers
	labels   labelSet // of every series of the target
	constant labelSet // those that can have one value only, and so tell a reader nothing
	matchers []Matcher
}

// NewScope makes a scope over the target that the matchers select. The identity labels together name one process.
func NewScope(window Window, identity []metric.Label, target ...Matcher) Scope {
	return Scope{window: window, target: target}.derive(identity)
}

// Lacking is the scope of a target that does not expose the metrics of the names for which lacking says so. What is made of
// one of them is no mistake: it says so, and is left out.
func (s Scope) Lacking(lacking func(name string) bool) Scope {
	s.lacking = lacking
	return s
}

// lacks reports whether the target does not expose a family. One without a name is what a target does not have at all.
func (s Scope) lacks(f metric.Family) bool {
	return f.Name == "" || s.lacking != nil && s.lacking(f.Name)
}

// Process are the labels of what is told of one process: its identity, and the job, by which alerts are routed and boards
// are linked.
func (s Scope) Process() []metric.Label {
	if slices.Contains(s.names(), metric.JobLabel) {
		return s.Identity()
	}
	return append(s.Identity(), metric.JobLabel)
}

// Identity are the labels that together name one process.
func (s Scope) Identity() []metric.Label { return slices.Clone(s.names()) }

// Where narrows the scope. A metric that lacks a matcher's label is then an error.
func (s Scope) Where(matchers ...Matcher) Scope {
	s.own = slices.Concat(s.own, matchers)
	return s.derive(s.names())
}

// Whole is the scope without what Where narrowed it to.
func (s Scope) Whole() Scope {
	s.own = nil
	return s.derive(s.names())
}

// Over is the scope with another window.
func (s Scope) Over(window Window) Scope {
	s.window = window
	return s
}

// Aggregated is the scope of series that a recording rule has aggregated to the labels: they name no process any more.
func (s Scope) Aggregated(to ...metric.Label) Scope {
	s.target = slices.DeleteFunc(slices.Clone(s.target), func(m Matcher) bool { return !slices.Contains(to, m.label) })
	return s.derive(nil)
}

// derive fills in what follows from the identity and the matchers. The job is constant, since a target has one.
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

// seen is the scope's view; of the zero Scope, which has no matchers, an empty one.
func (s Scope) seen() *view {
	if s.view == nil {
		return &view{constant: job}
	}
	return s.view
}

// names are the labels that together name one process: of a result without a scope, such as a number, none.
func (v *view) names() []metric.Label {
	if v == nil {
		return nil
	}
	return v.identity
}

// equal are the labels that are matched by equality and nothing else: what absent can tell.
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
