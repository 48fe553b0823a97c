package promql

// Add is the sum of two values of one dimension.
func (e Expr) Add(o Expr) Expr { return e.sameDimension("+", bindsAdd, o) }

// Sub is the difference of two values of one dimension.
func (e Expr) Sub(o Expr) Expr { return e.sameDimension("-", bindsAdd, o) }

// Mul is the product.
func (e Expr) Mul(o Expr) Expr {
	dim := e.dim.times(o.dim)
	e = e.operate("*", bindsMul, o)
	e.dim = dim
	return e
}

// Div is the quotient.
func (e Expr) Div(o Expr) Expr {
	dim := e.dim.over(o.dim)
	e = e.operate("/", bindsMul, o)
	e.dim = dim
	return e
}

// Eq keeps the series whose value is o's.
func (e Expr) Eq(o Expr) Expr { return e.sameDimension("==", bindsCompare, o) }

// Ne keeps the series whose value is not o's.
func (e Expr) Ne(o Expr) Expr { return e.sameDimension("!=", bindsCompare, o) }

// Gt keeps the series whose value is above o's.
func (e Expr) Gt(o Expr) Expr { return e.sameDimension(">", bindsCompare, o) }

// Ge keeps the series whose value is o's or more.
func (e Expr) Ge(o Expr) Expr { return e.sameDimension(">=", bindsCompare, o) }

// Lt keeps the series whose value is below o's.
func (e Expr) Lt(o Expr) Expr { return e.sameDimension("<", bindsCompare, o) }

// Le keeps the series whose value is o's or less.
func (e Expr) Le(o Expr) Expr { return e.sameDimension("<=", bindsCompare, o) }

// IfSet drops limits that are not set: they read as enormous numbers.
func (e Expr) IfSet() Expr {
	limit := Number(0)
	limit.text, limit.binding = UnsetAbove, bindsPower
	return e.sameDimension("<", bindsCompare, limit)
}

// And keeps the series of e whose labels o has too.
func (e Expr) And(o Expr) Expr { return e.operate("and", bindsAnd, o) }

// Unless keeps the series of e whose labels o does not have.
func (e Expr) Unless(o Expr) Expr { return e.operate("unless", bindsAnd, o) }

// Or adds to e the series of o whose labels e does not have.
func (e Expr) Or(o Expr) Expr { return e.sameDimension("or", bindsOr, o) }

// OrZero adds a zero for every series of all that e does not have, such as an error counter before the first error.
func (e Expr) OrZero(all Expr) Expr { return e.Or(all.Mul(Number(0))) }

// sameDimension is for operators whose sides must measure the same.
func (e Expr) sameDimension(op string, b binding, o Expr) Expr {
	if e = e.missing(o.lacks); !e.number && !o.number && e.dim != o.dim {
		return e.fail("%s %s %s: `%s` and `%s`", e.dim, op, o.dim, e, o)
	}
	if e.number {
		e.dim = o.dim
	}
	return e.operate(op, b, o)
}

// operate joins two sides by e's pending matching, or by their labels.
func (e Expr) operate(op string, b binding, o Expr) Expr {
	var match matching
	if e.match != nil {
		match, e.match = *e.match, nil
	}
	if e = e.missing(o.lacks); e.lacks != "" || e.err != nil {
		return e
	}
	if o.err != nil {
		return o
	}
	clause, labels, err := match.clause(op, e, o)
	if err != "" {
		return e.fail("%s", err)
	}
	vector := e
	if e.scalar || match.group == "group_right" {
		vector = o
	}
	vector.text = e.in(b) + " " + op + clause + " " + o.in(b+1)
	vector.binding, vector.dim, vector.labels = b, e.dim, labels
	vector.number = e.number && o.number
	vector.scalar = e.scalar && o.scalar
	if op == "or" {
		vector.constant = e.constant.both(o.constant)
	} else {
		vector.constant = e.constant.with(o.constant...)
	}
	return vector
}
