package number

import (
	"math"
	"time"
)

// systemDate prints a date as a field of times does.
var systemDate = date(isoDate, "")

// fromNow prints how far a date is from the clock's now, as moment does: 3 minutes ago, in a day.
func fromNow(c Clock, v float64, _ *int) Text {
	t, ok := at(v, time.UTC)
	if !ok {
		return Text{Text: "Invalid date"}
	}
	// Two times may be further apart than a Duration reaches.
	seconds := float64(t.Unix()-c.Now.Unix()) + float64(t.Nanosecond()-c.Now.Nanosecond())/1e9
	if seconds > 0 {
		return Text{Text: "in " + roughly(seconds)}
	}
	return Text{Text: roughly(-seconds) + " ago"}
}

// roughUnits are the units of a rough duration in seconds. From so many on, the next one is used.
var roughUnits = []struct {
	one, many string
	long      float64
	until     float64
}{
	{"a few seconds", "a few seconds", 1, 45},
	{"a minute", "minutes", 60, 45},
	{"an hour", "hours", 3600, 22},
	{"a day", "days", 86400, 26},
	{"a month", "months", 86400 * 146097. / 4800, 11},
	{"a year", "years", 86400 * 146097. / 400, math.Inf(1)},
}

// roughly writes a duration. https://momentjs.com/docs/#/displaying/fromnow/
func roughly(seconds float64) string {
	for _, u := range roughUnits {
		n := roundUp(seconds / u.long)
		switch {
		case n >= u.until:
			continue
		case n <= 1 || u.one == u.many:
			return u.one
		}
		return script(n) + " " + u.many
	}
	return ""
}
