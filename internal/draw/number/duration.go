package number

import (
	"math"
	"strings"
	"unicode/utf8"
)

// step is a unit of time, used for values below a limit. The limit and the divisor are in the unit of the values.
type step struct {
	below, divisor float64
	suffix         string
}

var forever = math.Inf(1)

// The steps of each unit of time, from the least.
var (
	nanoseconds = []step{
		{1e3, 1, " ns"}, {1e6, 1e3, " µs"}, {1e9, 1e6, " ms"}, {6e10, 1e9, " s"}, {36e11, 6e10, " min"},
		{864e11, 36e11, " hour"}, {forever, 864e11, " day"},
	}
	microseconds = []step{{1e3, 1, " µs"}, {1e6, 1e3, " ms"}, {forever, 1e6, " s"}}
	milliseconds = []step{
		{1e3, 1, " ms"}, {6e4, 1e3, " s"}, {36e5, 6e4, " min"}, {864e5, 36e5, " hour"}, {31536e6, 864e5, " day"},
		{forever, 31536e6, " year"},
	}
	seconds = []step{
		{1e-6, 1e-9, " ns"}, {1e-3, 1e-6, " µs"}, {1, 1e-3, " ms"}, {60, 1, " s"}, {3600, 60, " min"},
		{86400, 3600, " hour"}, {604800, 86400, " day"}, {31536e3, 604800, " week"}, {forever, 31556900, " year"},
	}
	minutes = []step{
		{60, 1, " min"}, {1440, 60, " hour"}, {10080, 1440, " day"}, {604800, 10080, " week"}, {forever, 525948, " year"},
	}
	hours = []step{{24, 1, " hour"}, {168, 24, " day"}, {8760, 168, " week"}, {forever, 8760, " year"}}
	days  = []step{{7, 1, " day"}, {365, 7, " week"}, {forever, 365, " year"}}
)

// stepped prints a time in the step that fits it. Words have a plural, but for values in the unit itself.
func stepped(steps []step, hasPlural bool) printer {
	return func(_ Clock, v float64, decimals *int) Text {
		at := 0
		for at < len(steps)-1 && !(math.Abs(v) < steps[at].below) {
			at++
		}
		s := steps[at]
		scaled := v / s.divisor
		if s.divisor < 1 {
			scaled = v * math.Round(1/s.divisor)
		}
		if isWord := utf8.RuneCountInString(s.suffix) > 3; isWord && math.Abs(scaled) > 1 && (s.divisor != 1 || hasPlural) {
			s.suffix += "s"
		}
		return Text{"", toFixed(scaled, decimals), s.suffix}
	}
}

// inSeconds prints so many parts of a second.
func inSeconds(parts float64) printer {
	print := stepped(seconds, false)
	return func(c Clock, v float64, decimals *int) Text {
		if v == 0 {
			return Text{"", "0", " s"}
		}
		return print(c, v/parts, decimals)
	}
}

// spans are the parts of a duration in words, in milliseconds.
var spans = []struct {
	name string
	long float64
}{
	{"year", 31536e6}, {"month", 2592e6}, {"week", 6048e5}, {"day", 864e5}, {"hour", 36e5}, {"minute", 6e4}, {"second", 1e3},
	{"millisecond", 1},
}

// inWords prints a duration in units of so many milliseconds: 1 hour, 5 minutes. It has one part more than decimals.
func inWords(unit string, long float64) printer {
	return func(_ Clock, v float64, decimals *int) Text {
		if v == 0 {
			return Text{"", "0", " " + unit + "s"}
		}
		left, rest := max(places(decimals), 0), math.Abs(v)*long
		var parts []string
		for _, span := range spans {
			if n := rest / span.long; left >= 0 && (n >= 1 || parts != nil) {
				parts = append(parts, script(math.Floor(n))+" "+span.name+plural(math.Floor(n)))
				rest = math.Mod(rest, span.long)
				left--
			}
		}
		return ago(v, strings.Join(parts, ", "))
	}
}

func plural(n float64) string {
	if n == 1 {
		return ""
	}
	return "s"
}

func ago(v float64, text string) Text {
	if v < 0 {
		return Text{"", text, " ago"}
	}
	return Text{Text: text}
}

// inHours prints seconds as 01:30:00.
func inHours(_ Clock, v float64, _ *int) Text { return ago(v, clockText(math.Abs(v))) }

// inDays prints seconds as 2 d 01:30:00.
func inDays(_ Clock, v float64, _ *int) Text {
	abs := math.Abs(v)
	text, whole := "", math.Floor(abs/86400)
	rest := abs - float64(whole*86400)
	if whole > 0 {
		text = script(whole) + " d "
	}
	return ago(v, text+clockText(math.Abs(rest)))
}

func clockText(v float64) string {
	return twoDigits(math.Floor(v/3600)) + ":" + twoDigits(math.Floor(math.Mod(v, 3600)/60)) + ":" +
		twoDigits(math.Floor(math.Mod(math.Mod(v, 3600), 60)))
}

func twoDigits(n float64) string {
	if n > 9 {
		return script(n)
	}
	return "0" + script(n)
}

// clockParts are the parts of a clock below the hours, in a format of moment's.
var clockParts = []string{"mm[m]", "ss[s]", "SSS[ms]"}

// onClock prints a duration in units of so many milliseconds as 02h:03m:04s:005ms, from the first part that it has. It
// has one part more than decimals, or all.
func onClock(long float64) printer {
	return func(_ Clock, v float64, decimals *int) Text {
		v *= long
		if v != v || v < 1e3 {
			return Text{Text: dateText(v, nil, clockParts[2])}
		}
		n := places(decimals) + 1
		if n == 0 {
			n = len(clockParts) + 1
		}
		hours, parts := "", clockParts[1:]
		switch {
		case v >= 36e5:
			hours, parts, n = script(math.Floor(v/36e5))+"h", clockParts, n-1
		case v >= 6e4:
			parts = clockParts
		}
		if n == 0 {
			return Text{Text: hours}
		}
		text := dateText(v, nil, strings.Join(parts[:min(n, len(parts))], ":"))
		if hours != "" {
			text = hours + ":" + text
		}
		return Text{Text: text}
	}
}
