package view

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// width is the number of points that a panel asks for by default: the pixels that a common screen has for it.
const width = 1000

// steps are the values, in milliseconds, to which Grafana rounds a query's step: below the first number, the second.
// Source: roundInterval in
// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/datetime/rangeutil.ts
var steps = [][2]int64{
	{10, 1}, {15, 10}, {35, 20}, {75, 50}, {150, 100}, {350, 200}, {750, 500}, {1500, 1000}, {3500, 2000},
	{7500, 5000}, {12500, 10000}, {17500, 15000}, {25000, 20000}, {45000, 30000}, {90000, 60000}, {210000, 120000},
	{450000, 300000}, {750000, 600000}, {1050000, 900000}, {1500000, 1200000}, {2700000, 1800000},
	{5400000, 3600000}, {9000000, 7200000}, {16200000, 10800000}, {32400000, 21600000}, {86400000, 43200000},
	{604800000, 86400000}, {1814400000, 604800000}, {3628800000, 2592000000},
}

// Step returns the time between two points of a range query: at least the duration least.
func Step(shown time.Duration, points int, least time.Duration) time.Duration {
	if points <= 0 {
		points = width
	}
	exact := shown.Milliseconds() / int64(points)
	for _, s := range steps {
		if exact < s[0] {
			return max(least, time.Duration(s[1])*time.Millisecond)
		}
	}
	return max(least, 365*24*time.Hour)
}

var durationText = regexp.MustCompile(`^>?\s*(\d{1,9}(?:\.\d{1,3})?)\s*(ms|[smhdwMy])$`)

var units = map[string]time.Duration{
	"ms": time.Millisecond, "s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour,
	"w": 7 * 24 * time.Hour, "M": 30 * 24 * time.Hour, "y": 365 * 24 * time.Hour,
}

// Duration reads a duration as boards write it: 30s, >1m, 7d; a bare number is seconds. It returns false for anything
// else, such as a variable.
func Duration(text string) (time.Duration, bool) {
	text = strings.TrimSpace(text)
	if m := durationText.FindStringSubmatch(text); m != nil {
		number, err := strconv.ParseFloat(m[1], 64)
		d := number * float64(units[m[2]])
		return time.Duration(d), err == nil && d < float64(1<<62)
	}
	seconds, err := strconv.ParseUint(text, 10, 31)
	return time.Duration(seconds) * time.Second, err == nil
}
