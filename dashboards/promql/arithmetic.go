package promql

import "strconv"

// Mod is the remainder of a division: it has the dimension and the sign of e.
func (e Expr) Mod(o Expr) Expr { return e.sameDimension("%", bindsMul, o) }

// Pow is e to the power o. The power of a quantity must be a whole number, so that its dimension is known.
func (e Expr) Pow(o Expr) Expr {
	dim := Plain
	if !e.number && e.dim != Plain {
		n, err := strconv.Atoi(o.text)
		if err != nil {
			return e.fail("%s ^ `%s`: the power of a quantity is a whole number", e.dim, o)
		}
		dim = e.dim.power(n)
	}
	if !o.number && o.dim != Plain {
		return e.fail("a power is a plain number: `%s` is %s", o, o.dim)
	}
	e.text, e.binding = e.in(bindsAll), bindsAll // only ^ is right-associative
	return e.operate("^", bindsPower, o).as(dim)
}

// Atan2 is the angle of the point whose y is e and whose x is o, in radians.
func (e Expr) Atan2(o Expr) Expr { return e.sameDimension("atan2", bindsMul, o).as(Plain) }

// Neg is e with the other sign.
func (e Expr) Neg() Expr {
	e.text, e.binding = "-"+e.in(bindsPower), bindsUnary
	return e
}
