package metric

import (
	"reflect"
	"testing"
)

func TestUnitFromName(t *testing.T) {
	tests := map[string]Unit{
		"process_resident_memory_bytes":                    Bytes,
		"go_memstats_alloc_bytes_total":                    Bytes,
		"process_cpu_seconds_total":                        Seconds,
		"go_sync_mutex_wait_total_seconds_total":           Seconds,
		"api_http_request_duration_seconds":                Seconds,
		"api_http_request_duration_seconds_sum":            Seconds,
		"api_http_request_duration_seconds_bucket":         Seconds,
		"api_http_request_duration_seconds_count":          None,
		"runtime_uptime_milliseconds_total":                Milliseconds,
		"x_microseconds":                                   Microseconds,
		"process_runtime_go_gc_pause_ns_nanoseconds_total": Nanoseconds,
		"go_gc_gogc_percent":                               Percent,
		"cache_hit_ratio":                                  Ratio,
		"node_hwmon_temp_celsius":                          Celsius,
		"api_http_request_total":                           None,
		"go_goroutines":                                    None,
		"kilobytes":                                        None, // not the last word of several: a name of its own
		"x_kilobytes":                                      None,
		"bytes":                                            None,
		"seconds_spent":                                    None,
		"":                                                 None,
	}
	for name, want := range tests {
		if got := UnitFromName(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// What is derived from a histogram or a summary has the name that is exposed, the labels of its series, and the unit
// only where the value is one: observations and their bucket are counted.
func TestDerivedCounters(t *testing.T) {
	labels := []Label{"method", "path"}
	histogram := Histogram{Name: "latency_seconds", Help: "Latency.", Unit: Seconds, Labels: labels}
	summary := Summary(histogram)
	count := Counter{Name: "latency_seconds_count", Help: "Latency.", Labels: labels}
	sum := Counter{Name: "latency_seconds_sum", Help: "Latency.", Unit: Seconds, Labels: labels}
	bucket := Counter{Name: "latency_seconds_bucket", Help: "Latency.", Labels: []Label{"method", "path", "le"}}
	for _, test := range []struct{ got, want Counter }{
		{histogram.Count(), count}, {histogram.Sum(), sum}, {histogram.Bucket(), bucket},
		{summary.Count(), count}, {summary.Sum(), sum},
	} {
		if !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("got %+v, want %+v", test.got, test.want)
		}
	}
}

// A catalogue is shared by all boards: deriving from it must not write into its labels.
func TestDerivedCountersShareNothing(t *testing.T) {
	labels := append(make([]Label, 0, 10), "path")
	histogram := Histogram{Name: "latency_seconds", Labels: labels}
	histogram.Bucket()
	if spare := labels[:2][1]; spare != "" {
		t.Errorf("Bucket wrote %q behind the histogram's labels", spare)
	}
}

func TestCatalogueHas(t *testing.T) {
	catalogue := Catalogue{Family(Histogram{Name: "latency_seconds"}), Family(Gauge{Name: "goroutines"})}
	for name, want := range map[string]bool{
		"latency_seconds": true, "latency_seconds_bucket": true, "latency_seconds_count": true, "latency_seconds_sum": true,
		"goroutines": true, "goroutines_idle": false, "gorout": false, "latency_seconds_total": false, "": false,
	} {
		if got := catalogue.Has(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
	if (Catalogue)(nil).Has("goroutines") {
		t.Error("nothing is exposed, and it is found")
	}
}

func TestCatalogueWithout(t *testing.T) {
	goroutines, threads := Family(Gauge{Name: "goroutines"}), Family(Gauge{Name: "threads"})
	both := Catalogue{goroutines, threads}
	if left := both.Without(Catalogue{goroutines}); !left.Has("threads") || left.Has("goroutines") || !both.Has("goroutines") {
		t.Errorf("got %v, of %v", left, both)
	}
}

// What a service does not have has no counters either.
func TestNothingHasNoCounters(t *testing.T) {
	for _, c := range []Counter{Histogram{}.Bucket(), Histogram{}.Count(), Histogram{}.Sum(), Summary{}.Count(), Summary{}.Sum()} {
		if c.Name != "" {
			t.Errorf("nothing has the counter %s", c.Name)
		}
	}
}
