package query

import "testing"

// TestUnitProblem: a unit that contradicts what the query measures, and the many that do not, or not for certain.
func TestUnitProblem(t *testing.T) {
	for _, c := range []struct{ unit, query, want string }{
		{"ms", "took_seconds_sum", "in seconds"},
		{"ms", "histogram_quantile(0.9, sum by (le) (rate(took_seconds_bucket[5m])))", "in seconds"},
		{"s", "foreign_milliseconds", "in milliseconds"},
		{"dtdurations", "foreign_nanoseconds_total", "in nanoseconds"},
		{"h", "time() - foreign_start_time_seconds", "in seconds"},
		{"dateTimeAsIso", "foreign_start_time_seconds", "in seconds"},
		{"bytes", "foreign_seconds", "in seconds"},
		{"bytes", "rate(foreign_bytes_total[5m])", "in bytes/second"},
		{"Bps", "increase(foreign_bytes_total[5m])", "in bytes"},
		{"s", "foreign_bytes", "in bytes"},
		{"s", "rate(requests_total[5m])", "per second"},
		{"opm", "rate(requests_total[5m])", "per second"},
		{"bps", "rate(foreign_bytes_total[5m])", "in bytes/second"},
		{"bits", "foreign_bytes", "in bytes"},
		{"mbytes", "foreign_bytes", "in bytes"},
		{"percentunit", "foreign_percent", "in percent"},
		{"percent", "foreign_ratio", "not in percent"},
		{"percent", "heap / limit", "not in percent"},
		{"percentunit", "foreign_seconds", "in seconds"},
		{"reqps", "heap", "in bytes"},

		{"s", "foreign_seconds", ""},
		{"ms", "foreign_milliseconds_sum / foreign_milliseconds_count", ""},
		{"s", "rate(took_seconds_sum[5m]) / rate(took_seconds_count[5m])", ""},
		{"s", "rate(foreign_seconds_total[5m])", ""}, // seconds a second: a number
		{"percentunit", "rate(foreign_seconds_total[5m])", ""},
		{"binBps", "deriv(foreign_bytes[5m])", ""},
		{"decbytes", "heap - limit", ""},
		{"percentunit", "heap / limit", ""},
		{"percent", "foreign_percent", ""},
		{"reqps", "rate(requests_total[5m])", ""},
		{"iops", "rate(requests_total[5m]) or vector(0)", ""},

		// A number converts, or may.
		{"ms", "foreign_seconds * 1000", ""},
		{"s", "foreign_seconds * 1000", ""},
		{"bps", "rate(foreign_bytes_total[5m]) * 8", ""},
		{"mbytes", "foreign_bytes / 1024 / 1024", ""},
		{"percent", "100 * (1 - heap / limit)", ""},
		{"percent", "heap / (limit / 100)", ""},
		{"opm", "rate(requests_total[5m]) * $factor", ""},
		{"ms", "foreign_seconds ^ 2", ""},
		{"s", "foreign_seconds * scalar(foreign)", ""},

		// What a metric or a unit measures is not known.
		{"ms", "foreign", ""}, {"ms", "temperature", ""}, {"s", "foreign_total", ""}, {"s", "{job=\"a\"}", ""},
		{"s", "count(heap)", ""}, {"bytes", "vector(1)", ""}, {"bytes", "heap + foreign_seconds", ""},
		{"short", "heap", ""}, {"none", "foreign_seconds", ""}, {"", "heap", ""}, {"suffix: cores", "heap", ""},
		{"celsius", "heap", ""}, {"string", "heap", ""}, {"s", "$function(heap)", ""},
	} {
		q, err := Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.UnitProblem(service, c.unit); got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.unit, c.query, got, c.want)
		}
	}
}

// TestUnitsAreUnique: no id is in two lines of the table.
func TestUnitsAreUnique(t *testing.T) {
	seen := map[Unit]bool{}
	for _, u := range grafanaUnits {
		if seen[u.Unit] || u.Factor == 0 {
			t.Errorf("%+v is there twice, or has no factor", u)
		}
		seen[u.Unit] = true
		if found, ok := UnitOf(u.ids); ok && found != u.Unit {
			t.Errorf("%s is %+v", u.ids, found)
		}
	}
}
