package query

import "math"

// multiply gives the product of two amounts; a number changes the scale only.
func multiply(a, b amount) amount {
	switch {
	case a.value.Number && b.value.Number:
		return amount{value: number, constant: a.constant * b.constant}
	case b.value.Number:
		return scale(a, b.constant)
	case a.value.Number:
		return scale(b, a.constant)
	}
	return plain(a.value.times(b.value, 1))
}

func divide(a, b amount) amount {
	switch {
	case a.value.Number && b.value.Number:
		return amount{value: number, constant: a.constant / b.constant}
	case b.value.Number:
		return scale(a, 1/b.constant)
	case a.value.Number:
		return plain(count.times(b.value, -1).scaled(a.constant))
	}
	return plain(a.value.times(b.value, -1))
}

func scale(a amount, by float64) amount {
	return a.as(a.value.scaled(by))
}

// raise gives a power; one that is not a small whole number that is written out is unknown.
func raise(a, b amount) amount {
	n := int(b.constant)
	switch {
	case a.value.Number && b.value.Number:
		return amount{value: number, constant: math.Pow(a.constant, b.constant)}
	case !b.value.Number || float64(n) != b.constant || n < -9 || 9 < n:
		return plain(unknown)
	}
	return plain(count.times(a.value, n))
}
