package lint

import (
	"strings"
	"testing"

	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

// page has the metrics of the traps' examples whose kind counts.
const page = `# TYPE go_goroutines gauge
go_goroutines 1
# TYPE api_http_request_total counter
api_http_request_total{path="/orders"} 1
# TYPE api_http_request_duration_seconds histogram
api_http_request_duration_seconds_bucket{le="+Inf"} 1
api_http_request_duration_seconds_sum 1
api_http_request_duration_seconds_count 1
`

func exposed(t *testing.T) Exposed {
	t.Helper()
	families, err := scrape.Read(strings.NewReader(page), "text/plain")
	if err != nil {
		t.Fatal(err)
	}
	return NewExposed(families, "job", "instance")
}

// TestTraps: each trap notices its example.
func TestTraps(t *testing.T) {
	e := exposed(t)
	for _, trap := range Traps {
		q, err := query.Parse(trap.Example)
		if err != nil {
			t.Fatal(err)
		}
		if !trap.Fell(q, e) {
			t.Errorf("%s: %s is not noticed", trap.Name, trap.Example)
		}
	}
}

// TestNoTrap: none notices a query that says what it means.
func TestNoTrap(t *testing.T) {
	e := exposed(t)
	for _, text := range []string{
		`go_goroutines`,
		`deriv(go_goroutines[15m])`,
		`sum by (path) (rate(api_http_request_total[5m]))`,
		`api_http_request_total - api_http_request_total offset 1h`,
		`histogram_quantile(0.99, sum by (le) (rate(api_http_request_duration_seconds_bucket[$__rate_interval])))`,
		`go_gc_gomemlimit_bytes < 2 ^ 62`,
		`rate(go_cpu_classes_gc_total_cpu_seconds_total[5m])`,
		`rate(go_cpu_classes_gc_total_cpu_seconds_total[1d])`,
		`rate(go_cpu_classes_gc_total_cpu_seconds_total[1w2d])`,
	} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, trap := range Traps {
			if trap.Fell(q, e) {
				t.Errorf("%s: %s", text, trap.Name)
			}
		}
	}
}

// TestSeries: the labels of a series are those of its samples and the target's, and the unit is in its name.
func TestSeries(t *testing.T) {
	e := exposed(t)
	s, ok := e.Series("api_http_request_total")
	if got := strings.Join(s.Labels, ","); !ok || got != "instance,job,path" {
		t.Errorf("labels %s, known %v", got, ok)
	}
	if s, _ := e.Series("api_http_request_duration_seconds_sum"); s.Unit != "seconds" {
		t.Errorf("the sum of durations is in %q", s.Unit)
	}
	if s, _ := e.Series("api_http_request_duration_seconds_count"); s.Unit != "" {
		t.Errorf("a count is in %q", s.Unit)
	}
	if _, ok := e.Series("gone"); ok {
		t.Error("there is no series gone")
	}
}
