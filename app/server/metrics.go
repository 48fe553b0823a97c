package server

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics are the HTTP metrics. The label path is a route's path or "other", method is an upper-case method or
// "other", status is the number answered. Clients cannot add values to any of them.
type metrics struct {
	requests *prometheus.CounterVec
	errors   *prometheus.CounterVec
	duration *prometheus.HistogramVec
	inFlight prometheus.Gauge
	paths    map[string]string // from a request's pattern to its label
}

func newMetrics(registry *prometheus.Registry, routes []route) (*metrics, error) {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "api_http_request_total",
			Help: "HTTP requests answered, all of them, by route pattern, method and status.",
		}, []string{"path", "method", "status"}),
		errors: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "api_http_request_error_total",
			Help: "HTTP requests answered with a status of 400 or above; api_http_request_total counts them too.",
		}, []string{"path", "method", "status"}),
		duration: prometheus.NewHistogramVec(durationOpts(), []string{"path", "method"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "api_http_requests_in_flight",
			Help: "HTTP requests being answered at this moment.",
		}),
		paths: make(map[string]string, len(routes)),
	}
	for _, c := range []prometheus.Collector{m.requests, m.errors, m.duration, m.inFlight} {
		if err := registry.Register(c); err != nil {
			return nil, fmt.Errorf("registering the HTTP metrics: %w", err)
		}
	}
	for _, r := range routes {
		m.introduce(r)
	}
	return m, nil
}

// durationOpts has classic buckets with an edge at 0.3 s, the objective of the boards and alerts, and native buckets
// for exact quantiles. There are 85 native buckets of factor 1.1 between 1 ms and the longest latency. So ordinary
// traffic stays below the limit of 160, which bounds the memory.
func durationOpts() prometheus.HistogramOpts {
	return prometheus.HistogramOpts{
		Name: "api_http_request_duration_seconds",
		Help: "Time from a request's arrival to the end of its answer, " +
			"by route pattern and method.",
		Buckets:                         []float64{.005, .01, .025, .05, .1, .25, .3, .5, 1, 2.5, 5, 10},
		NativeHistogramBucketFactor:     1.1,
		NativeHistogramMaxBucketNumber:  160,
		NativeHistogramMinResetDuration: time.Hour,
	}
}

// introduce makes a route's label and its series, at zero.
func (m *metrics) introduce(r route) {
	m.paths[r.pattern()] = r.path
	m.duration.WithLabelValues(r.path, r.method)
	for _, status := range append([]int{http.StatusOK, http.StatusInternalServerError}, r.answers...) {
		m.requests.WithLabelValues(r.path, r.method, strconv.Itoa(status))
		if status >= http.StatusBadRequest {
			m.errors.WithLabelValues(r.path, r.method, strconv.Itoa(status))
		}
	}
}

// registerRuntime registers the metrics of Go and of the process. The rule adds metrics to the three groups: CPU time
// by use, calls into C, and waiting for locks. go_memstats_* stays, since most existing boards use it.
func registerRuntime(registry *prometheus.Registry) error {
	for _, c := range []prometheus.Collector{
		collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(
			collectors.MetricsGC,
			collectors.MetricsMemory,
			collectors.MetricsScheduler,
			collectors.GoRuntimeMetricsRule{Matcher: regexp.MustCompile(`^/(cpu/classes|cgo|sync)/`)},
		)),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		collectors.NewBuildInfoCollector(),
	} {
		if err := registry.Register(c); err != nil {
			return fmt.Errorf("registering the runtime metrics: %w", err)
		}
	}
	return nil
}
