package axis

import "time"

const day = 24 * time.Hour

// steps are the times between two ticks that people read easily, from uPlot's list. Months and years follow.
var steps = []time.Duration{
	time.Millisecond, 2 * time.Millisecond, 5 * time.Millisecond, 10 * time.Millisecond, 20 * time.Millisecond,
	25 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond, 200 * time.Millisecond, 250 * time.Millisecond,
	500 * time.Millisecond,
	time.Second, 5 * time.Second, 10 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 4 * time.Hour, 6 * time.Hour, 8 * time.Hour, 12 * time.Hour,
	day, 2 * day, 3 * day, 4 * day, 5 * day, 6 * day, 7 * day, 8 * day, 9 * day, 10 * day, 15 * day,
}

// month and year are the sizes that uPlot reckons with.
const (
	month = 30 * day
	year  = 365 * day
)

var months = []int{1, 2, 3, 4, 6, 12, 24, 60, 120, 300, 600, 1200}

// Times returns the ticks of a time axis and the step between them. The length and the space that a label needs are
// in pixels. Steps of days begin at midnight, those of months on the first, in the given location.
func Times(from, to time.Time, length, space float64, location *time.Location) (ticks []time.Time, step time.Duration) {
	if !(length > 0) || !from.Before(to) {
		return nil, 0
	}
	least := time.Duration(space / length * float64(to.Sub(from)))
	local := from.In(location)
	for _, step := range steps {
		if step >= least {
			return ticksOf(local, to, step), step
		}
	}
	for _, count := range months {
		step := time.Duration(count) * month
		if count >= 12 {
			step = time.Duration(count/12) * year
		}
		if step >= least {
			return monthsOf(local, to, count), step
		}
	}
	return nil, 0
}

// ticksOf returns the times from midnight on, each a step later by the clock on the wall.
func ticksOf(from, to time.Time, step time.Duration) (ticks []time.Time) {
	midnight := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, from.Location())
	first := int(from.Sub(midnight) / step)
	if step >= day {
		first = 0 // several days begin with the first midnight
	}
	for i := first; ; i++ {
		at := midnight.Add(time.Duration(i) * step)
		switch {
		case step >= day:
			start := 0
			if from.After(midnight) {
				start = 1
			}
			at = time.Date(from.Year(), from.Month(), from.Day()+start+i*int(step/day), 0, 0, 0, 0, from.Location())
		case step > time.Hour:
			at = time.Date(from.Year(), from.Month(), from.Day(), i*int(step/time.Hour), 0, 0, 0, from.Location())
		}
		if at.After(to) {
			return ticks
		}
		if !at.Before(from) {
			ticks = append(ticks, at)
		}
	}
}

// monthsOf returns the first days of months, or of years.
func monthsOf(from, to time.Time, count int) (ticks []time.Time) {
	start := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, from.Location())
	if count >= 12 {
		start = time.Date(from.Year(), 1, 1, 0, 0, 0, 0, from.Location())
	}
	for i := 0; ; i += count {
		at := start.AddDate(0, i, 0)
		if at.After(to) {
			return ticks
		}
		if !at.Before(from) {
			ticks = append(ticks, at)
		}
	}
}

// Layout returns how the labels of a time axis are written, for Time.Format, by the step and the range shown.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-data/src/datetime/formats.ts
func Layout(step, shown time.Duration) string {
	switch {
	case step < time.Second:
		return "15:04:05.000"
	case step <= time.Minute:
		return "15:04:05"
	case shown <= day:
		return "15:04"
	case step <= day:
		return "01/02 15:04"
	case shown < year:
		return "01/02"
	case step.Round(day) == year:
		return "2006"
	case step <= year:
		return "2006-01"
	}
	return "2006"
}
