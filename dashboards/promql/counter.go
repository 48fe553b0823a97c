package promql

import "gaugewright/dashboards/metric"

// Rate is how fast a counter grows, per second.
func (s Scope) Rate(c metric.Counter) Expr { return s.counter("rate", c).perSecond() }

// IRate is how fast a counter grew between its last two samples, per second.
func (s Scope) IRate(c metric.Counter) Expr { return s.counter("irate", c).perSecond() }

// Increase is how much a counter grew over the window.
func (s Scope) Increase(c metric.Counter) Expr { return s.counter("increase", c) }

// Resets is how often a counter began anew over the window: how often its process restarted.
func (s Scope) Resets(c metric.Counter) Expr { return s.counter("resets", c).as(Plain) }

// Raw is a counter's series as they are, for telling with And or Unless whether they are there.
func (s Scope) Raw(c metric.Counter) Expr { return s.read(metric.Family(c)) }

func (s Scope) counter(function string, c metric.Counter) Expr {
	return s.over(metric.Family(c)).function(function)
}

func (e Expr) perSecond() Expr { return e.as(e.dim.over(Seconds)) }
