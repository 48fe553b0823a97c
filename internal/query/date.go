package query

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// date writes a value in milliseconds since 1970 as a date: iso, seconds, ms, or a pattern of Moment.js, which Grafana
// writes in the browser's time zone.
func (v Value) date(format string, zone *time.Location) (string, error) {
	digits := v.leadingDigits()
	if digits == "" {
		return "NaN", nil
	}
	const most = 8.64e15 // the range of JavaScript's dates
	ms, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || math.Abs(float64(ms)) > most {
		return "", notJudged("%s is not a time", digits)
	}
	at := time.UnixMilli(ms)
	switch format {
	case "", "iso":
		return at.UTC().Format("2006-01-02T15:04:05.000Z"), nil
	case "seconds":
		return strconv.FormatInt(int64(math.Floor(float64(ms)/1000+0.5)), 10), nil
	case "ms":
		return v.Values[0], nil
	}
	return moment(at.In(zone), format)
}

// leadingDigits returns the number that JavaScript's parseInt reads. A list has none.
func (v Value) leadingDigits() string {
	if v.isList() || len(v.Values) != 1 {
		return ""
	}
	return leadingDigits.FindString(strings.TrimSpace(v.Values[0]))
}

var leadingDigits = regexp.MustCompile(`^[+-]?\d+`)

// token splits a pattern of Moment.js. https://momentjs.com/docs/#/displaying/format
var token = regexp.MustCompile(`(?s)\[[^\[\]]*\]|[Hh]mm(?:ss)?|Mo|MM?M?M?|DDDo|Do|DD?D?D?|ddd?d?|do?|w[ow]?|W[oW]?|Qo?|` +
	`N{1,5}|Y{1,6}|yo|y{1,4}|g{2,5}|G{2,5}|[eEaA]|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|LTS|LT|LL?L?L?|l{1,4}|\\.|.`)

// layouts are the tokens that Go's package time has too.
var layouts = map[string]string{
	"YYYY": "2006", "YY": "06", "MMMM": "January", "MMM": "Jan", "MM": "01", "M": "1", "DD": "02", "D": "2",
	"dddd": "Monday", "ddd": "Mon", "HH": "15", "hh": "03", "h": "3", "mm": "04", "m": "4", "ss": "05", "s": "5",
	"A": "PM", "a": "pm", "Z": "-07:00", "ZZ": "-0700",
}

// moment writes a time by a pattern of Moment.js, in English.
func moment(t time.Time, pattern string) (string, error) {
	var out strings.Builder
	for _, part := range token.FindAllString(pattern, -1) {
		layout := layouts[part]
		switch {
		case layout != "":
			out.WriteString(t.Format(layout))
		case part == "H":
			out.WriteString(strconv.Itoa(t.Hour()))
		case part == "SSS":
			out.WriteString(t.Format(".000")[1:])
		case part == "X":
			out.WriteString(strconv.FormatInt(t.Unix(), 10))
		case part == "x":
			out.WriteString(strconv.FormatInt(t.UnixMilli(), 10))
		case part[0] == '[' && len(part) > 1:
			out.WriteString(part[1 : len(part)-1])
		case len(part) > 1 || strings.ContainsAny(part, "MDdwWQNYyeEkSzLl\\"):
			if len(part) > 1 && part[0] >= 0x80 { // a letter of another script
				out.WriteString(part)
				continue
			}
			return "", notJudged("the date pattern %s is not known here", part)
		default:
			out.WriteString(part)
		}
	}
	return out.String(), nil
}
