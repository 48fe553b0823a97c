package dashboards

import (
	"time"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/app"
	"gaugewright/dashboards/metric/golang"
)

// App is the target for this repository's own service under its Compose stack.
var App = Target{
	Job:            "myapp",
	Address:        "api:8000",
	Identity:       []metric.Label{metric.JobLabel, metric.InstanceLabel},
	ScrapeInterval: 10 * time.Second,
	Speed:          1,
	SLO:            SLO{Latency: 300 * time.Millisecond, Slow: 500 * time.Millisecond, Errors: 0.001},
	Routing:        alert.Routing{Grafana: "http://localhost:3000"},
	HTTP: HTTPNames{
		Requests: app.APIHTTPRequestTotal,
		Errors:   app.APIHTTPRequestErrorTotal,
		Duration: app.APIHTTPRequestDurationSeconds,
		InFlight: app.APIHTTPRequestsInFlight,
		Path:     app.LabelPath,
		Method:   app.LabelMethod,
		Status:   app.LabelStatus,
		Probes:   []string{"/health", "/metrics"},
	},
	Exposes:    app.All,
	Kubernetes: appInCluster,
}

// Promhttp is the target for services with the HTTP metric names of the documentation of client_golang's promhttp:
// http_requests_total and http_request_duration_seconds, by handler and code, and with client_golang's default
// collectors. Set Job and Address, and Exposes to the catalogue of your own page if you have one.
var Promhttp = Target{
	Identity:       []metric.Label{metric.JobLabel, metric.InstanceLabel},
	ScrapeInterval: 15 * time.Second,
	Speed:          1,
	SLO:            SLO{Latency: 500 * time.Millisecond, Slow: time.Second, Errors: 0.001},
	HTTP: HTTPNames{
		Requests: metric.Counter{Name: "http_requests_total", Labels: []metric.Label{"code", "handler"}},
		Duration: metric.Histogram{
			Name: "http_request_duration_seconds", Unit: metric.Seconds, Labels: []metric.Label{"handler"},
		},
		Path:   "handler",
		Status: "code",
		Probes: []string{"/health", "/healthz", "/metrics"},
	},
	Exposes: golang.DefaultCollector,
}

// OpenTelemetry is the target for services with only OpenTelemetry's names: contrib's runtime instrumentation and
// otelhttp, through the Prometheus exporter. Set Job and Address. If GOMEMLIMIT is set, append
// golang.GoMemoryLimitBytes to Exposes.
var OpenTelemetry = Target{
	Identity:       []metric.Label{metric.JobLabel, metric.InstanceLabel},
	ScrapeInterval: 15 * time.Second,
	Speed:          1,
	SLO:            SLO{Latency: 500 * time.Millisecond, Slow: time.Second, Errors: 0.001},
	HTTP: HTTPNames{
		Requests: otelhttpDuration.Count(),
		Duration: otelhttpDuration,
		Path:     "http_route",
		Unrouted: true,
		Method:   "http_request_method",
		Status:   "http_response_status_code",
		Probes:   []string{"/health", "/healthz", "/metrics"},
	},
	Exposes: golang.OTelRuntime,
}

// otelhttpDuration is the histogram of OpenTelemetry's semantic conventions for HTTP servers, as otelhttp v0.72.0
// makes it.
// https://opentelemetry.io/docs/specs/semconv/http/http-metrics
var otelhttpDuration = metric.Histogram{
	Name: "http_server_request_duration_seconds",
	Unit: metric.Seconds,
	Labels: []metric.Label{
		"http_request_method", "http_response_status_code", "http_route", "network_protocol_name", "network_protocol_version",
		"otel_scope_name", "otel_scope_schema_url", "otel_scope_version", "server_address", "server_port", "url_scheme",
	},
}
