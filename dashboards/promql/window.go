package promql

import (
	"fmt"
	"strings"
	"time"
)

// Window is the text in the brackets of a range: a duration or one of Grafana's variables.
type Window string

// Grafana's own windows. $__rate_interval is at least four scrapes, by the data source's timeInterval.
// https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables
const (
	RateInterval Window = "$__rate_interval"
	ShownRange   Window = "$__range"
)

// Lasting is a window of a fixed length, in whole milliseconds, written as Prometheus writes it: 90s is 1m30s.
func Lasting(d time.Duration) Window {
	ms := d.Milliseconds()
	if ms <= 0 {
		return "0s"
	}
	var b strings.Builder
	take := func(unit string, size int64, exact bool) {
		if n := ms / size; n > 0 && (!exact || ms%size == 0) {
			fmt.Fprintf(&b, "%d%s", n, unit)
			ms -= n * size
		}
	}
	const second, minute, hour, day = 1000, 60_000, 3_600_000, 86_400_000
	// Like model.Duration, this writes years and weeks only if nothing is left over.
	take("y", 365*day, true)
	take("w", 7*day, true)
	take("d", day, false)
	take("h", hour, false)
	take("m", minute, false)
	take("s", second, false)
	take("ms", 1, false)
	return Window(b.String())
}
