package promql

// Time is the evaluation time, in seconds since 1970.
func Time() Expr { return Expr{text: "time()", binding: bindsAll, dim: Seconds, scalar: true} }

// Timestamp is when a series was sampled, in seconds since 1970.
func (e Expr) Timestamp() Expr { return e.function("timestamp").as(Seconds) }

// Minute is the minute of the hour of times in seconds since 1970, in UTC. Time().Minute() is the current one.
func (e Expr) Minute() Expr { return e.calendar("minute") }

// Hour is the hour of the day, in UTC.
func (e Expr) Hour() Expr { return e.calendar("hour") }

// DayOfWeek is the day of the week, in UTC: 0 is Sunday.
func (e Expr) DayOfWeek() Expr { return e.calendar("day_of_week") }

// DayOfMonth is the day of the month, in UTC, from 1.
func (e Expr) DayOfMonth() Expr { return e.calendar("day_of_month") }

// DayOfYear is the day of the year, in UTC, from 1.
func (e Expr) DayOfYear() Expr { return e.calendar("day_of_year") }

// DaysInMonth is the number of days in the month, in UTC.
func (e Expr) DaysInMonth() Expr { return e.calendar("days_in_month") }

// Month is the month, in UTC, from 1.
func (e Expr) Month() Expr { return e.calendar("month") }

// Year is the year, in UTC.
func (e Expr) Year() Expr { return e.calendar("year") }

func (e Expr) calendar(function string) Expr {
	if !e.number && e.dim != Seconds {
		return e.fail("%s is of times in seconds: `%s` is %s", function, e, e.dim)
	}
	if e.text == Time().text { // the functions' default argument
		return Expr{text: function + "()", binding: bindsAll}
	}
	return e.function(function).as(Plain)
}
