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

// Promhttp is the target for services that call their HTTP metrics as the documentation of client_golang's promhttp does:
// http_requests_total and http_request_duration_seconds, by handler and code, and that have client_golang's default
// collectors. Give it a Job and an Address, and the catalogue of your own page as Exposes where you have one.
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

// OpenTelemetry is the target for services that have OpenTelemetry's names only: those of contrib's runtime instrumentation
// and of otelhttp, through the Prometheus exporter. Give it a Job and an Address. Where GOMEMLIMIT is set, append
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

// otelhttpDuration is the histogram of OpenTelemetry's semantic conventions for HTTP servers, which otelhttp v0.72.0 makes.
// https://opentelemetry.io/docs/specs/semconv/http/http-metrics
var otelhttpDuration = metric.Histogram{
	Name: "http_server_request_duration_seconds",
	Unit: metric.Seconds,
	Labels: []metric.Label{
		"http_request_method", "http_response_status_code", "http_route", "network_protocol_name", "network_protocol_version",
		"otel_scope_name", "otel_scope_schema_url", "otel_scope_version", "server_address", "server_port", "url_scheme",
	},
}
