package promql

import "strings"

// function applies a function that keeps the series of e and what they measure.
func (e Expr) function(name string) Expr { return e.vector(name).wrap(name+"(", ")") }

// Abs is the absolute value.
func (e Expr) Abs() Expr { return e.function("abs") }

// Ceil rounds up to a whole number.
func (e Expr) Ceil() Expr { return e.function("ceil") }

// Floor rounds down to a whole number.
func (e Expr) Floor() Expr { return e.function("floor") }

// Round rounds to the nearest multiple of to, or of 1.
func (e Expr) Round(to ...float64) Expr {
	after := ")"
	for _, multiple := range to {
		after = ", " + number(multiple) + ")"
	}
	return e.vector("round").wrap("round(", after)
}

// Sgn is 1, 0 or -1 for a value above, at or below zero.
func (e Expr) Sgn() Expr { return e.function("sgn").as(Plain) }

// Clamp keeps values from going below the least and above the greatest.
func (e Expr) Clamp(least, greatest Expr) Expr { return e.clamp("clamp", least, greatest) }

// ClampMin keeps values from going below the least.
func (e Expr) ClampMin(least Expr) Expr { return e.clamp("clamp_min", least) }

// ClampMax keeps values from going above the greatest.
func (e Expr) ClampMax(greatest Expr) Expr { return e.clamp("clamp_max", greatest) }

func (e Expr) clamp(function string, bounds ...Expr) Expr {
	after := ""
	for _, bound := range bounds {
		if e = e.missing(bound.lacks); !bound.scalar || !bound.number && !e.number && bound.dim != e.dim {
			return e.fail("%s of %s takes a number that measures the same: `%s`", function, e.dim, bound)
		}
		if bound.err != nil && e.err == nil {
			return bound
		}
		after += ", " + bound.text
	}
	return e.vector(function).wrap(function+"(", after+")")
}

// Sqrt is the square root.
func (e Expr) Sqrt() Expr {
	d := e.dim
	if d.Bytes%2 != 0 || d.Seconds%2 != 0 || d.Pow10%2 != 0 {
		return e.fail("%s have no square root: `%s`", d, e)
	}
	return e.function("sqrt").as(Dimension{d.Bytes / 2, d.Seconds / 2, d.Pow10 / 2})
}

// Scalar is the value of the only series, as a number; NaN if there are none or several.
func (e Expr) Scalar() Expr {
	e = e.function("scalar")
	e.scalar, e.labels, e.constant = true, nil, nil
	return e
}

// Vector makes a number a series without labels.
func Vector(number Expr) Expr {
	if !number.scalar {
		return number.fail("vector takes a number: `%s` has series already", number)
	}
	number = number.wrap("vector(", ")")
	number.scalar = false
	return number
}

// Sort sorts an instant result, the smallest first.
func (e Expr) Sort() Expr { return e.function("sort") }

// SortDesc sorts an instant result, the largest first.
func (e Expr) SortDesc() Expr { return e.function("sort_desc") }

// Absent is 1 if the expression has no series. It has labels only for a plain metric: those that the scope matches by
// equality.
func (e Expr) Absent() Expr { return e.function("absent").absence(e.selects()) }

// absence is the result of absent. The argument tells a plain metric from an expression.
func (e Expr) absence(metric bool) Expr {
	e.labels, e.constant = nil, nil
	if metric {
		e.labels = e.view.equal()
		e.constant = e.labels
	}
	return e.as(Plain)
}

// selects reports whether e is a plain metric: its name and matchers, without a call.
func (e Expr) selects() bool {
	name := 0
	for name < len(e.text) && bare(e.text[name:name+1]) {
		name++
	}
	rest := e.text[name:]
	return !e.scalar && e.binding == bindsAll && (rest == "" || rest[0] == '{' || strings.HasPrefix(rest, " @") ||
		strings.HasPrefix(rest, " offset") || strings.HasPrefix(rest, " smoothed"))
}
