package promql

import "gaugewright/dashboards/metric"

// Match is an expression and how its series match those of another one, if their labels alone do not decide it. The
// operator that follows takes the other side: e.On("instance").GroupLeft("version").Mul(info) is e with info's
// version.
type Match struct {
	e Expr
	matching
}

// matching is the text between an operator and its right side. The zero value derives it from the labels.
type matching struct {
	bool     bool
	explicit bool
	word     string // on or ignoring
	labels   []metric.Label
	group    string // group_left, group_right or empty
	include  []metric.Label
}

// On matches series with the same values of the labels.
func (e Expr) On(labels ...metric.Label) Match {
	return Match{e, matching{explicit: true, word: "on", labels: labels}}
}

// Ignoring matches series with the same values of all other labels.
func (e Expr) Ignoring(labels ...metric.Label) Match {
	return Match{e, matching{explicit: true, word: "ignoring", labels: labels}}
}

// GroupLeft lets several series of the left side match one of the right, and copies labels from that one.
func (m Match) GroupLeft(include ...metric.Label) Match {
	m.group, m.include = "group_left", include
	return m
}

// GroupRight lets several series of the right side match one of the left, and copies labels from that one.
func (m Match) GroupRight(include ...metric.Label) Match {
	m.group, m.include = "group_right", include
	return m
}

// Bool makes a comparison return 1 or 0 instead of keeping or dropping the series.
func (m Match) Bool() Comparison {
	m.bool = true
	return Comparison{m.pending()}
}

// Bool makes a comparison return 1 or 0 instead of keeping or dropping the series: e.Bool().Gt(o).
func (e Expr) Bool() Comparison { return Match{e: e}.Bool() }

// pending returns the left side with the matching for its next operator.
func (m Match) pending() Expr {
	m.e.match = &m.matching
	return m.e
}

// Add is the sum.
func (m Match) Add(o Expr) Expr { return m.pending().Add(o) }

// Sub is the difference.
func (m Match) Sub(o Expr) Expr { return m.pending().Sub(o) }

// Mul is the product.
func (m Match) Mul(o Expr) Expr { return m.pending().Mul(o) }

// Div is the quotient.
func (m Match) Div(o Expr) Expr { return m.pending().Div(o) }

// Mod is the remainder.
func (m Match) Mod(o Expr) Expr { return m.pending().Mod(o) }

// Pow is the power.
func (m Match) Pow(o Expr) Expr { return m.pending().Pow(o) }

// Atan2 is the angle, in radians.
func (m Match) Atan2(o Expr) Expr { return m.pending().Atan2(o) }

// Eq keeps the series whose value is o's.
func (m Match) Eq(o Expr) Expr { return m.pending().Eq(o) }

// Ne keeps the series whose value is not o's.
func (m Match) Ne(o Expr) Expr { return m.pending().Ne(o) }

// Gt keeps the series whose value is above o's.
func (m Match) Gt(o Expr) Expr { return m.pending().Gt(o) }

// Ge keeps the series whose value is o's or more.
func (m Match) Ge(o Expr) Expr { return m.pending().Ge(o) }

// Lt keeps the series whose value is below o's.
func (m Match) Lt(o Expr) Expr { return m.pending().Lt(o) }

// Le keeps the series whose value is o's or less.
func (m Match) Le(o Expr) Expr { return m.pending().Le(o) }

// And keeps the series that o has too.
func (m Match) And(o Expr) Expr { return m.pending().And(o) }

// Unless keeps the series that o does not have.
func (m Match) Unless(o Expr) Expr { return m.pending().Unless(o) }

// Or adds the series of o that e does not have.
func (m Match) Or(o Expr) Expr { return m.pending().Or(o) }

// Comparison is the left side of a comparison that returns 1 or 0.
type Comparison struct{ e Expr }

// Eq is 1 where the value is o's.
func (c Comparison) Eq(o Expr) Expr { return c.e.Eq(o).as(Plain) }

// Ne is 1 where the value is not o's.
func (c Comparison) Ne(o Expr) Expr { return c.e.Ne(o).as(Plain) }

// Gt is 1 where the value is above o's.
func (c Comparison) Gt(o Expr) Expr { return c.e.Gt(o).as(Plain) }

// Ge is 1 where the value is o's or more.
func (c Comparison) Ge(o Expr) Expr { return c.e.Ge(o).as(Plain) }

// Lt is 1 where the value is below o's.
func (c Comparison) Lt(o Expr) Expr { return c.e.Lt(o).as(Plain) }

// Le is 1 where the value is o's or less.
func (c Comparison) Le(o Expr) Expr { return c.e.Le(o).as(Plain) }
