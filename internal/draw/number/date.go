package number

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	isoDate = "YYYY-MM-DD HH:mm:ss"
	isoTime = "HH:mm:ss"
	usDate  = "MM/DD/YYYY h:mm:ss a"
	usTime  = "h:mm:ss a"
	// The local format is the one of a browser in American English, which has a narrow space.
	localDate = "MM/DD/YYYY, hh:mm:ss\u202fA"
	localTime = "hh:mm:ss\u202fA"
)

// date prints milliseconds since 1970 in a format of moment's; today in another, if there is one.
func date(format, today string) printer {
	return func(c Clock, v float64, _ *int) Text {
		if t, ok := at(v, c.Zone); ok && today != "" && t.Format(time.DateOnly) == c.Now.In(t.Location()).Format(time.DateOnly) {
			return Text{Text: dateText(v, c.Zone, today)}
		}
		return Text{Text: dateText(v, c.Zone, format)}
	}
}

// Date prints a time in a format of moment's, such as YYYY-MM-DD HH:mm:ss, in English. Grafana's axes have such formats.
// https://momentjs.com/docs/#/displaying/format/
func (c Clock) Date(t time.Time, format string) string {
	return dateText(float64(t.UnixMilli()), c.Zone, format)
}

// at returns the time of milliseconds since 1970. It returns false beyond the dates that JavaScript has.
func at(v float64, zone *time.Location) (time.Time, bool) {
	if !(math.Abs(v) <= 8.64e15) {
		return time.Time{}, false
	}
	if zone == nil {
		zone = time.UTC
	}
	return time.UnixMilli(int64(v)).In(zone), true
}

func dateText(v float64, zone *time.Location, format string) string {
	t, ok := at(v, zone)
	if !ok {
		return "Invalid date"
	}
	return put(t, dateLong.ReplaceAllStringFunc(format, func(name string) string {
		if long := longFormats[name]; long != "" {
			return long
		}
		return name
	}))
}

func put(t time.Time, format string) string {
	return dateToken.ReplaceAllStringFunc(format, func(token string) string {
		if token[0] == '[' && len(token) > 1 {
			return token[1 : len(token)-1]
		}
		if token[0] == '\\' {
			return token[1:]
		}
		if part := dateParts[token]; part != nil {
			return part(t)
		}
		return token
	})
}

var (
	dateLong  = regexp.MustCompile(`\[[^\[\]]*\]|\\.|LTS|LT|LL?L?L?|l{1,4}`)
	dateToken = regexp.MustCompile(`\[[^\[\]]*\]|\\.|Mo|MM?M?M?|Do|DDDo|DD?D?D?|do|dddd|ddd|dd|d|wo|ww?|Wo|WW?|Qo|Q|YYYYYY|YYYYY|YYYY|YY|Y|gggg|gg|GGGG|GG|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?`)
)

// longFormats are the formats with a name, in American English.
var longFormats = map[string]string{
	"LT": "h:mm A", "LTS": "h:mm:ss A", "L": "MM/DD/YYYY", "LL": "MMMM D, YYYY", "LLL": "MMMM D, YYYY h:mm A",
	"LLLL": "dddd, MMMM D, YYYY h:mm A", "l": "M/D/YYYY", "ll": "MMM D, YYYY", "lll": "MMM D, YYYY h:mm A",
	"llll": "ddd, MMM D, YYYY h:mm A",
}

// dateParts are the parts of a date.
var dateParts = map[string]func(t time.Time) string{
	"YYYYYY": func(t time.Time) string { return fmt.Sprintf("%+07d", t.Year()) },
	"YYYYY":  func(t time.Time) string { return zeros(t.Year(), 5) },
	"YYYY":   func(t time.Time) string { return zeros(t.Year(), 4) },
	"YY":     func(t time.Time) string { return zeros(t.Year()%100, 2) },
	"Y":      year,
	"Q":      func(t time.Time) string { return strconv.Itoa((int(t.Month()) + 2) / 3) },
	"Qo":     func(t time.Time) string { return ordinal((int(t.Month()) + 2) / 3) },
	"M":      func(t time.Time) string { return strconv.Itoa(int(t.Month())) },
	"Mo":     func(t time.Time) string { return ordinal(int(t.Month())) },
	"MM":     func(t time.Time) string { return zeros(int(t.Month()), 2) },
	"MMM":    func(t time.Time) string { return t.Month().String()[:3] },
	"MMMM":   func(t time.Time) string { return t.Month().String() },
	"D":      func(t time.Time) string { return strconv.Itoa(t.Day()) },
	"Do":     func(t time.Time) string { return ordinal(t.Day()) },
	"DD":     func(t time.Time) string { return zeros(t.Day(), 2) },
	"DDD":    func(t time.Time) string { return strconv.Itoa(t.YearDay()) },
	"DDDo":   func(t time.Time) string { return ordinal(t.YearDay()) },
	"DDDD":   func(t time.Time) string { return zeros(t.YearDay(), 3) },
	"d":      func(t time.Time) string { return strconv.Itoa(int(t.Weekday())) },
	"do":     func(t time.Time) string { return ordinal(int(t.Weekday())) },
	"dd":     func(t time.Time) string { return t.Weekday().String()[:2] },
	"ddd":    func(t time.Time) string { return t.Weekday().String()[:3] },
	"dddd":   func(t time.Time) string { return t.Weekday().String() },
	"e":      func(t time.Time) string { return strconv.Itoa(int(t.Weekday())) },
	"E":      func(t time.Time) string { return strconv.Itoa((int(t.Weekday())+6)%7 + 1) },
	"W":      func(t time.Time) string { return strconv.Itoa(isoWeek(t)) },
	"Wo":     func(t time.Time) string { return ordinal(isoWeek(t)) },
	"WW":     func(t time.Time) string { return zeros(isoWeek(t), 2) },
	"GGGG":   func(t time.Time) string { y, _ := t.ISOWeek(); return zeros(y, 4) },
	"GG":     func(t time.Time) string { y, _ := t.ISOWeek(); return zeros(y%100, 2) },
	"w":      func(t time.Time) string { _, w := week(t); return strconv.Itoa(w) },
	"wo":     func(t time.Time) string { _, w := week(t); return ordinal(w) },
	"ww":     func(t time.Time) string { _, w := week(t); return zeros(w, 2) },
	"gggg":   func(t time.Time) string { y, _ := week(t); return zeros(y, 4) },
	"gg":     func(t time.Time) string { y, _ := week(t); return zeros(y%100, 2) },
	"H":      func(t time.Time) string { return strconv.Itoa(t.Hour()) },
	"HH":     func(t time.Time) string { return zeros(t.Hour(), 2) },
	"h":      func(t time.Time) string { return strconv.Itoa((t.Hour()+11)%12 + 1) },
	"hh":     func(t time.Time) string { return zeros((t.Hour()+11)%12+1, 2) },
	"k":      func(t time.Time) string { return strconv.Itoa((t.Hour()+23)%24 + 1) },
	"kk":     func(t time.Time) string { return zeros((t.Hour()+23)%24+1, 2) },
	"A":      func(t time.Time) string { return t.Format("PM") },
	"a":      func(t time.Time) string { return t.Format("pm") },
	"m":      func(t time.Time) string { return strconv.Itoa(t.Minute()) },
	"mm":     func(t time.Time) string { return zeros(t.Minute(), 2) },
	"s":      func(t time.Time) string { return strconv.Itoa(t.Second()) },
	"ss":     func(t time.Time) string { return zeros(t.Second(), 2) },
	"X":      func(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) },
	"x":      func(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) },
	"z":      zoneName,
	"zz":     zoneName,
	"Z":      func(t time.Time) string { return t.Format("-07:00") },
	"ZZ":     func(t time.Time) string { return t.Format("-0700") },
}

func init() {
	for n := 1; n <= 9; n++ {
		dateParts[strings.Repeat("S", n)] = func(t time.Time) string { return fmt.Sprintf("%09d", t.Nanosecond())[:n] }
	}
}

// year has a sign where it has more than four digits.
func year(t time.Time) string {
	if t.Year() > 9999 {
		return "+" + strconv.Itoa(t.Year())
	}
	return zeros(t.Year(), 4)
}

func zoneName(t time.Time) string { name, _ := t.Zone(); return name }

func isoWeek(t time.Time) int { _, w := t.ISOWeek(); return w }

// week returns the week of America: the first has the first of January, and begins on a Sunday.
func week(t time.Time) (year, number int) {
	saturday := t.AddDate(0, 0, 6-int(t.Weekday()))
	return saturday.Year(), (saturday.YearDay()-1)/7 + 1
}

// zeros writes a number with at least so many digits.
func zeros(n, digits int) string {
	if n < 0 {
		return "-" + zeros(-n, digits)
	}
	return fmt.Sprintf("%0*d", digits, n)
}

func ordinal(n int) string {
	suffix := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}
