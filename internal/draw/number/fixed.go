package number

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// toFixed prints a number with so many decimals. Where none are asked for it has three digits that count, or more before
// the point; a whole number has no decimals.
func toFixed(v float64, decimals *int) string {
	if math.IsInf(v, 0) || v != v {
		return grouped(v, 0, 0)
	}
	n := 0
	if decimals != nil {
		n = *decimals
	} else if v != math.Trunc(v) {
		n = max(0, 2-magnitude(v))
	}
	if v == 0 {
		return strconv.FormatFloat(0, 'f', n, 64)
	}
	factor := math.Pow10(n)
	scaled := float64(v * factor) // rounded by itself on every machine
	if math.IsInf(scaled, 0) {
		return script(v)
	}
	text := script(roundUp(scaled) / factor)
	if strings.Contains(text, "e") {
		return text
	}
	whole, fraction, _ := strings.Cut(text, ".")
	if len(fraction) >= n {
		return text
	}
	return whole + "." + fraction + strings.Repeat("0", n-len(fraction))
}

// exponent returns the power of ten of a number's first digit.
func exponent(v float64) int {
	_, power, _ := strings.Cut(strconv.FormatFloat(v, 'e', -1, 64), "e")
	n, _ := strconv.Atoi(power)
	return n
}

// magnitude is the exponent that Grafana computes, with a logarithm.
func magnitude(v float64) int {
	n := exponent(v)
	if isAlmost(math.Abs(v), math.Pow10(n+1), ln10, 1, n+1) {
		return n + 1
	}
	return n
}

// roundUp rounds as JavaScript's Math.round: a half goes up, also below zero.
func roundUp(v float64) float64 {
	whole := math.Floor(v)
	if v-whole >= 0.5 {
		whole++
	}
	return whole
}

// script writes a number as JavaScript's String does.
func script(v float64) string {
	switch abs := math.Abs(v); {
	case v != v:
		return "NaN"
	case math.IsInf(v, 1):
		return "Infinity"
	case math.IsInf(v, -1):
		return "-Infinity"
	case v == 0:
		return "0"
	case abs < 1e21 && abs >= 1e-6:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return shortPower(strconv.FormatFloat(v, 'e', -1, 64))
}

// shortPower writes 1e-07 as 1e-7.
func shortPower(text string) string {
	digits, power, _ := strings.Cut(text, "e")
	return digits + "e" + power[:1] + strings.TrimLeft(power[1:len(power)-1], "0") + power[len(power)-1:]
}

// grouped writes a number in English, 1,234.5, with at least and at most so many decimals.
func grouped(v float64, least, most int) string {
	switch {
	case v != v:
		return "NaN"
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return "-∞"
	}
	exact, _ := new(big.Rat).SetString(strconv.FormatFloat(math.Abs(v), 'g', -1, 64))
	whole, fraction, _ := strings.Cut(exact.FloatString(most), ".")
	for len(fraction) > least && strings.HasSuffix(fraction, "0") {
		fraction = fraction[:len(fraction)-1]
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	if math.Signbit(v) {
		whole = "-" + whole
	}
	return whole + fraction
}

// fixed prints a value with a unit behind it.
func fixed(unit string) printer {
	if unit != "" {
		unit = " " + unit
	}
	return func(_ Clock, v float64, decimals *int) Text { return Text{"", toFixed(v, decimals), unit} }
}

// ahead prints a value with a unit before it.
func ahead(unit string) printer {
	return func(_ Clock, v float64, decimals *int) Text { return Text{unit, toFixed(v, decimals), ""} }
}

// percent prints parts of so many as a percentage.
func percent(of float64) printer {
	return func(_ Clock, v float64, decimals *int) Text { return Text{"", toFixed(100/of*v, decimals), "%"} }
}

func plain(_ Clock, v float64, _ *int) Text { return Text{Text: script(v)} }

func locale(_ Clock, v float64, decimals *int) Text {
	most := 3
	if decimals != nil {
		most = *decimals
	}
	return Text{Text: grouped(v, 0, most)}
}

// either prints one text for 0 and another for everything else.
func either(yes, no string) printer {
	return func(_ Clock, v float64, _ *int) Text {
		if v == 0 || v != v {
			return Text{Text: no}
		}
		return Text{Text: yes}
	}
}

// scientific prints 1.5e+3, with all digits where no decimals are asked for. A half is rounded up.
func scientific(_ Clock, v float64, decimals *int) Text {
	if v != v || math.IsInf(v, 0) {
		return Text{Text: script(v)}
	}
	if decimals == nil || v == 0 {
		return Text{Text: sign(v) + shortPower(strconv.FormatFloat(math.Abs(v), 'e', places(decimals), 64))}
	}
	power := exponent(v)
	ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(power, -power))), nil))
	if power > 0 {
		ten.Inv(ten)
	}
	exact := new(big.Rat).SetFloat64(math.Abs(v))
	digits := exact.Mul(exact, ten).FloatString(*decimals)
	if rest, isTen := strings.CutPrefix(digits, "10"); isTen {
		digits, power = "1"+rest, power+1
	}
	return Text{Text: fmt.Sprintf("%s%se%+d", sign(v), digits, power)}
}

// places returns the decimals that are asked for, or -1.
func places(decimals *int) int {
	if decimals == nil {
		return -1
	}
	return *decimals
}

func sign(v float64) string {
	if v < 0 {
		return "-"
	}
	return ""
}

// hexadecimal prints a number to the base of 16, behind a mark such as 0x.
func hexadecimal(mark string) printer {
	return func(_ Clock, v float64, decimals *int) Text {
		rounded, err := strconv.ParseFloat(toFixed(v, decimals), 64)
		if err != nil || rounded != rounded || math.IsInf(rounded, 0) {
			return Text{Text: mark + "NAN"}
		}
		whole, fraction := math.Modf(math.Abs(rounded))
		number, _ := big.NewFloat(whole).Int(nil)
		text := strings.ToUpper(number.Text(16))
		for point := "."; fraction > 0; point = "" {
			whole, fraction = math.Modf(fraction * 16)
			text += point + strings.ToUpper(strconv.FormatInt(int64(whole), 16))
		}
		return Text{Text: sign(rounded) + mark + text}
	}
}
