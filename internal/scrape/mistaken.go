package scrape

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// errWebPage is Read's error for HTML.
var errWebPage = errors.New("this is a web page, not metrics")

// mistakes are what people give or serve instead of a page of metrics. The first that fits is the reason. Each pattern is
// for the beginning of a page that could not be read as metrics.
var mistakes = []struct {
	begin  *regexp.Regexp
	reason error
}{
	{regexp.MustCompile(`^\s*<\?xml`), errors.New("this is XML, not metrics")},
	{regexp.MustCompile(`(?is)^\s*<[!a-z].*(?:type=["']?password|<title>[^<]*(?:log|sign)[ -]?in\b)`), errors.New(
		"this is a web page where one logs in, not metrics: write http://user:password@host if the page of metrics takes that")},
	{regexp.MustCompile(`^(?:\xEF\xBB\xBF)?\s*<[!a-zA-Z]`), errWebPage},
	{regexp.MustCompile(`^\x{FEFF}`), errors.New(
		"the page begins with a byte order mark, which Prometheus refuses: save it as UTF-8 without one")},
	{regexp.MustCompile(`^\s*\{\s*"names"\s*:\s*\[`), errors.New(
		"this is JSON, Spring Boot's list of its metrics: their page is /actuator/prometheus")},
	{regexp.MustCompile(`^\s*\{\s*"status"\s*:\s*"(?:success|error)"`), errors.New(
		"this is JSON, an answer of Prometheus's API, not a page of metrics: those of a server itself are at /metrics")},
	{regexp.MustCompile(`(?s)^\s*\{.*"(?:panels|dashboard|schemaVersion)"\s*:|^\s*\{.*"kind"\s*:\s*"Dashboard"`), errors.New(
		"this is JSON, a Grafana dashboard, not a page of metrics, such as http://localhost:8000/metrics")},
	{regexp.MustCompile(`(?s)^\s*\{.*"(?:memstats|cmdline)"\s*:`), errors.New(
		"this is JSON, Go's expvar, not a page of metrics: Prometheus's client for Go serves those, usually at /metrics")},
	{regexp.MustCompile(`^\s*(?:\[|\{\s*(?:\}|"(?:[^"\\]|\\.)*"\s*:))`), errors.New(
		"this is JSON, not a page of metrics: that is often at /metrics (Spring Boot: /actuator/prometheus)")},
	{regexp.MustCompile(`(?m)\A(?:---\s*$|\s|#[^\n]*$)*(?:apiVersion|groups|kind|scrape_configs|global):`), errors.New(
		"this is YAML, not a page of metrics")},
	{regexp.MustCompile(`\A\s*[\w-]+(?:\.[\w-]+)*[.;]\S+ -?[0-9.eE+-]+ [0-9]{9,10}\s`), errors.New(
		"these are metrics of Graphite, not a page for Prometheus: graphite_exporter makes one of them")},
	{regexp.MustCompile(`\A\s*[\w.-]+:[-+]?[0-9.]+\|(?:c|g|ms|s|h|d|m)\b`), errors.New(
		"these are metrics of StatsD, not a page for Prometheus: statsd_exporter makes one of them")},
	{regexp.MustCompile(`\A\s*(?:#[^\n]*\n)*[\w.-]+(?:,[\w.-]+=[^\s,]+)* [\w.-]+=(?:"|[-+]?[0-9.]+[eE0-9+-]*[iu]?[,\s]|t|f)`), errors.New(
		"this is InfluxDB's line protocol, not a page for Prometheus: Telegraf serves one with its output prometheus_client")},
	{regexp.MustCompile(`\AActive connections: `), errors.New(
		"this is the stub_status of nginx, not a page of metrics: nginx-prometheus-exporter makes one of it")},
}

// magics are the first bytes of formats that are not text.
var magics = []struct{ begin, reason string }{
	{"\x28\xb5\x2f\xfd", "the page is compressed with zstd; Prometheus asks for gzip"},
	{"\xff\xfe", "the page is text in UTF-16: save it as UTF-8"},
	{"\xfe\xff", "the page is text in UTF-16: save it as UTF-8"},
	{"PK\x03\x04", "this is a zip archive, not metrics"},
}

// explain returns why a page could not be read: what it is instead, if that shows, or else the parser's error.
func (f format) explain(err error, body []byte, encoding string) error {
	if reason := mistaken(body); reason != nil && f.mediaType != protobufType {
		return reason
	}
	switch {
	case encoding != "" && encoding != "gzip" && encoding != "identity":
		return fmt.Errorf("the page is encoded as %s; Prometheus asks only for gzip", quoted(encoding))
	case f.mediaType == protobufType && !looksLikeProtobuf(body):
		return fmt.Errorf("the page is sent as protobuf, but is not delimited io.prometheus.client.MetricFamily: %w", err)
	case f.mediaType == textType && looksLikeProtobuf(body):
		return errors.New("the page is protobuf, but is sent as text: its Content-Type must be " + protobufType)
	case f.mediaType == textType && endsAsOpenMetrics(body):
		return fmt.Errorf("%w; the page is OpenMetrics, but is sent as text: its Content-Type must be %s", err, openMetricsType)
	case bytes.Contains(body, []byte("\r\n")) && !bytes.Contains(body, []byte("\x00")):
		return fmt.Errorf("%w; the page has the line ends of Windows (CR LF), which Prometheus refuses: save it with LF", err)
	case f.mediaType != protobufType && bytes.IndexByte(body[:min(len(body), 4096)], 0) >= 0:
		return errors.New("this is binary data, not metrics")
	case strings.HasPrefix(f.sentAs, `"text/html`):
		return errWebPage
	case f.sentAs != "":
		return fmt.Errorf("%w; the server calls it %s, which is not a metrics format", err, f.sentAs)
	}
	return err
}

// mistaken returns what a page is that is not metrics, or nil.
func mistaken(body []byte) error {
	for _, magic := range magics {
		if bytes.HasPrefix(body, []byte(magic.begin)) {
			return errors.New(magic.reason)
		}
	}
	begin := body[:min(len(body), 64<<10)]
	for _, mistake := range mistakes {
		if mistake.begin.Match(begin) {
			return mistake.reason
		}
	}
	return nil
}
