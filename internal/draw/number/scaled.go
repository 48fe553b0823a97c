package number

import (
	"math"
	"math/big"
)

var (
	siPrefixes     = []string{"f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"}
	binaryPrefixes = []string{"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"}
	shortSuffixes  = []string{"", " K", " Mil", " Bil", " Tri", " Quadr", " Quint", " Sext", " Sept"}
	countSuffixes  = []string{"", "K", "M", "B", "T"}
)

// siBase is the index of the prefix of 1.
const siBase = 5

// scaled divides a value by the greatest power of the factor within it, and prints it with that power's suffix. A value
// of 1 has the suffix at base.
func scaled(factor float64, suffixes []string, base int) printer {
	return func(_ Clock, v float64, decimals *int) Text {
		if math.IsInf(v, 0) || v != v {
			return Text{Text: grouped(v, 0, 0)}
		}
		power := 0
		for v != 0 && reaches(math.Abs(v), factor, power+1) && base+power < len(suffixes)-1 {
			power++
		}
		for v != 0 && !reaches(math.Abs(v), factor, power) && base+power > 0 {
			power--
		}
		return Text{"", toFixed(v/raised(factor, power), decimals), suffixes[max(0, min(base+power, len(suffixes)-1))]}
	}
}

// reaches reports whether a value is at least a power of the factor.
func reaches(v, factor float64, power int) bool {
	log := log1000
	if factor == 1024 {
		log = log1024
	}
	limit := raised(factor, power)
	return v >= limit || isAlmost(v, limit, log, math.Log10E, power)
}

// The logarithms of 1000 and 1024 to the base of 10, and the natural one of 10.
var (
	log1000 = exactly("3")
	log1024 = exactly("3.010299956639811952137388947244930267681898814621085")
	ln10    = exactly("2.302585092994045684017991454684364207601101488628773")
)

func exactly(text string) *big.Float {
	v, _ := new(big.Float).SetPrec(160).SetString(text)
	return v
}

// isAlmost reports whether a value below a power counts as the power. Grafana compares logarithms, which are the same
// where the value is less by no more than their precision. The logarithm is the one of the power's base, of a kind that
// is so many times the natural one.
func isAlmost(v, limit float64, log *big.Float, times float64, power int) bool {
	if v < limit*(1-1e-12) {
		return false
	}
	exact := new(big.Float).SetInt64(int64(power))
	exact.SetPrec(160).Mul(exact, log)
	exact.Sub(exact, big.NewFloat((limit-v)/limit*times))
	near, _ := exact.Float64()
	base, _ := log.Float64()
	return math.Floor(near/base) >= float64(power)
}

// raised is the power of 1000 or 1024, to the last bit the same on every machine.
func raised(factor float64, power int) float64 {
	if factor == 1024 {
		return math.Ldexp(1, 10*power)
	}
	return math.Pow10(3 * power)
}

// si prints a value with a prefix of the metric system. Values are in the unit with the prefix that is so many above
// the one of 1.
func si(unit string, offset int) printer {
	return scaled(1000, with(siPrefixes, unit), siBase+offset)
}

// binary is si for the prefixes of 1024.
func binary(unit string, offset int) printer {
	return scaled(1024, with(binaryPrefixes, unit), offset)
}

func with(prefixes []string, unit string) []string {
	all := make([]string, len(prefixes))
	for i, prefix := range prefixes {
		all[i] = " " + prefix + unit
	}
	return all
}

// count prints thousands as K, then M, B and T, and a unit behind.
func count(unit string) printer {
	short := scaled(1000, countSuffixes, 0)
	return func(c Clock, v float64, decimals *int) Text {
		t := short(c, v, decimals)
		t.Suffix += " " + unit
		return t
	}
}

// before prints an amount of money with the currency's sign before it.
func before(symbol string) printer {
	return func(c Clock, v float64, decimals *int) Text {
		t := scaled(1000, countSuffixes, 0)(c, math.Abs(v), decimals)
		t.Prefix = sign(v) + symbol
		return t
	}
}

// after prints an amount of money with the currency's sign behind it.
func after(symbol string) printer {
	return func(c Clock, v float64, decimals *int) Text {
		t := scaled(1000, countSuffixes, 0)(c, math.Abs(v), decimals)
		t.Prefix = sign(v)
		if !math.IsInf(v, 0) && v == v {
			t.Suffix += symbol
		}
		return t
	}
}

// financial prints an amount of money in full.
func financial(symbol string, isSuffix bool) printer {
	return func(_ Clock, v float64, decimals *int) Text {
		text := grouped(v, 0, 1)
		if decimals != nil {
			text = grouped(v, *decimals, *decimals)
		}
		if isSuffix {
			return Text{"", text, symbol}
		}
		return Text{symbol, text, ""}
	}
}
