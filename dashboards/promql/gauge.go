package promql

import (
	"time"

	"gaugewright/dashboards/metric"
)

// Value reads a gauge unchanged.
func (s Scope) Value(g metric.Gauge) Expr { return s.read(metric.Family(g)) }

// AvgOverTime is a gauge's mean over the window.
func (s Scope) AvgOverTime(g metric.Gauge) Expr { return s.gauge(g).AvgOverTime() }

// MinOverTime is a gauge's least value over the window: the floor of a sawtooth.
func (s Scope) MinOverTime(g metric.Gauge) Expr { return s.gauge(g).MinOverTime() }

// MaxOverTime is a gauge's greatest value over the window.
func (s Scope) MaxOverTime(g metric.Gauge) Expr { return s.gauge(g).MaxOverTime() }

// SumOverTime adds up a gauge's samples over the window.
func (s Scope) SumOverTime(g metric.Gauge) Expr { return s.gauge(g).SumOverTime() }

// CountOverTime is the number of a gauge's samples in the window.
func (s Scope) CountOverTime(g metric.Gauge) Expr { return s.gauge(g).CountOverTime() }

// QuantileOverTime is the q-quantile of a gauge's samples in the window.
func (s Scope) QuantileOverTime(q float64, g metric.Gauge) Expr {
	return s.gauge(g).QuantileOverTime(q)
}

// StddevOverTime is the standard deviation of a gauge's samples in the window.
func (s Scope) StddevOverTime(g metric.Gauge) Expr { return s.gauge(g).StddevOverTime() }

// StdvarOverTime is the variance of a gauge's samples in the window.
func (s Scope) StdvarOverTime(g metric.Gauge) Expr { return s.gauge(g).StdvarOverTime() }

// FirstOverTime is a gauge's oldest sample in the window.
func (s Scope) FirstOverTime(g metric.Gauge) Expr { return s.gauge(g).FirstOverTime() }

// LastOverTime is a gauge's newest sample in the window.
func (s Scope) LastOverTime(g metric.Gauge) Expr { return s.gauge(g).LastOverTime() }

// PresentOverTime is 1 for each series of a gauge that has a sample in the window.
func (s Scope) PresentOverTime(g metric.Gauge) Expr { return s.gauge(g).PresentOverTime() }

// AbsentOverTime is 1 if no series of a gauge has a sample in the window. It has the labels that the scope matches by
// equality.
func (s Scope) AbsentOverTime(g metric.Gauge) Expr { return s.gauge(g).AbsentOverTime() }

// Changes is how often a gauge changed its value over the window.
func (s Scope) Changes(g metric.Gauge) Expr { return s.gauge(g).Changes() }

// Delta is how much a gauge rose over the window.
func (s Scope) Delta(g metric.Gauge) Expr { return s.gauge(g).Delta() }

// IDelta is the difference of a gauge's last two samples.
func (s Scope) IDelta(g metric.Gauge) Expr { return s.gauge(g).IDelta() }

// Deriv is the change of a gauge per second, by linear regression.
func (s Scope) Deriv(g metric.Gauge) Expr { return s.gauge(g).Deriv() }

// PredictLinear is the value of a gauge after some time, if it goes on as over the window.
func (s Scope) PredictLinear(g metric.Gauge, after time.Duration) Expr {
	return s.gauge(g).PredictLinear(after)
}

// Absent is 1 if a gauge has no series. It has the labels that the scope matches by equality.
func (s Scope) Absent(g metric.Gauge) Expr { return s.Value(g).Absent() }

// Since is the time since a timestamp. Zero, which means never, is left out.
func (s Scope) Since(g metric.Gauge) Expr {
	then := s.Value(g).Gt(Number(0))
	if then.dim != Seconds {
		return then.fail("%s is not a timestamp: it is %s", g.Name, then.dim)
	}
	return Time().Sub(then)
}

func (s Scope) gauge(g metric.Gauge) Range { return s.over(metric.Family(g)) }
