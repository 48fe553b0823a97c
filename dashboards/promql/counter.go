package promql

import "gaugewright/dashboards/metric"

// Rate is the growth of a counter per second.
func (s Scope) Rate(c metric.Counter) Expr { return s.counter("rate", c).perSecond() }

// IRate is the growth of a counter per second between its last two samples.
func (s Scope) IRate(c metric.Counter) Expr { return s.counter("irate", c).perSecond() }

// Increase is the growth of a counter over the window.
func (s Scope) Increase(c metric.Counter) Expr { return s.counter("increase", c) }

// Resets is how often a counter started again from zero over the window: how often its process restarted.
func (s Scope) Resets(c metric.Counter) Expr { return s.counter("resets", c).as(Plain) }

// Raw reads a counter's series unchanged, to test with And or Unless whether they exist.
func (s Scope) Raw(c metric.Counter) Expr { return s.read(metric.Family(c)) }

func (s Scope) counter(function string, c metric.Counter) Expr {
	return s.over(metric.Family(c)).function(function)
}

func (e Expr) perSecond() Expr { return e.as(e.dim.over(Seconds)) }
