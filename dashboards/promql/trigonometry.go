package promql

// pure applies a function of plain numbers: bytes have no sine.
func (e Expr) pure(function string) Expr {
	if !e.number && e.dim != Plain {
		return e.fail("%s takes plain numbers: `%s` is %s", function, e, e.dim)
	}
	return e.function(function).as(Plain)
}

// Pi is the number.
func Pi() Expr { return Expr{text: "pi()", binding: bindsAll, number: true, scalar: true} }

// Exp is the exponential function.
func (e Expr) Exp() Expr { return e.pure("exp") }

// Ln is the natural logarithm.
func (e Expr) Ln() Expr { return e.pure("ln") }

// Log2 is the binary logarithm.
func (e Expr) Log2() Expr { return e.pure("log2") }

// Log10 is the decimal logarithm.
func (e Expr) Log10() Expr { return e.pure("log10") }

// Sin is the sine of an angle in radians.
func (e Expr) Sin() Expr { return e.pure("sin") }

// Asin is the angle in radians that has the sine.
func (e Expr) Asin() Expr { return e.pure("asin") }

// Sinh is the hyperbolic sine.
func (e Expr) Sinh() Expr { return e.pure("sinh") }

// Asinh is the inverse of the hyperbolic sine.
func (e Expr) Asinh() Expr { return e.pure("asinh") }

// Cos is the cosine of an angle in radians.
func (e Expr) Cos() Expr { return e.pure("cos") }

// Acos is the angle in radians that has the cosine.
func (e Expr) Acos() Expr { return e.pure("acos") }

// Cosh is the hyperbolic cosine.
func (e Expr) Cosh() Expr { return e.pure("cosh") }

// Acosh is the inverse of the hyperbolic cosine.
func (e Expr) Acosh() Expr { return e.pure("acosh") }

// Tan is the tangent of an angle in radians.
func (e Expr) Tan() Expr { return e.pure("tan") }

// Atan is the angle in radians that has the tangent.
func (e Expr) Atan() Expr { return e.pure("atan") }

// Tanh is the hyperbolic tangent.
func (e Expr) Tanh() Expr { return e.pure("tanh") }

// Atanh is the inverse of the hyperbolic tangent.
func (e Expr) Atanh() Expr { return e.pure("atanh") }

// Deg converts radians to degrees.
func (e Expr) Deg() Expr { return e.pure("deg") }

// Rad converts degrees to radians.
func (e Expr) Rad() Expr { return e.pure("rad") }
