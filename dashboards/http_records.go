package dashboards

import (
	"slices"
	"time"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// The recorded series of a server's counters, named after https://prometheus.io/docs/practices/rules: level, metric,
// operation. The HTTP board reads these: one series for each path of the service, however many processes it has.

// byPath is the growth a second of one of the server's counters, for the whole service by route and status. Its name
// is the same for all services, whatever the counter is called: they differ by job.
func (t Target) byPath(c metric.Counter) metric.Gauge {
	var name string
	switch c.Name {
	case "": // the service does not have it
		return metric.Gauge{}
	case t.HTTP.Requests.Name:
		name = "path:http_requests:rate5m"
	case t.HTTP.Errors.Name:
		name = "path:http_errors:rate5m"
	default:
		name = "path:http_duration_bucket:rate5m"
	}
	return metric.Gauge{
		Name:   name,
		Unit:   metric.PerSecond,
		Help:   "Growth a second over five minutes, by path, of " + c.Name + ".",
		Labels: append(slices.Clone(t.fleet()), t.HTTP.labelsOf(c)...),
	}
}

// labelsOf are a counter's labels that describe a request.
func (h HTTPNames) labelsOf(c metric.Counter) []metric.Label {
	var labels []metric.Label
	for _, label := range []metric.Label{h.Path, h.Method, h.Status, metric.BucketLabel} {
		if slices.Contains(c.Labels, label) {
			labels = append(labels, label)
		}
	}
	return labels
}

// pathRecords record every counter of the server by path, without probes.
func (t Target) pathRecords() []alert.Record {
	r := requests{t.HTTP, t.people(t.AlertScope()), promql.Scope.Rate}
	var records []alert.Record
	for _, c := range []metric.Counter{t.HTTP.Requests, t.HTTP.Errors, t.HTTP.Duration.Bucket()} {
		made := t.byPath(c)
		records = append(records, alert.Record{Metric: made, Expr: r.sum(c, made.Labels)})
	}
	return records
}

// recordedRate reads the record that pathRecords makes of a counter.
func (t Target) recordedRate(s promql.Scope, c metric.Counter) promql.Expr {
	return s.Value(t.byPath(c))
}

// recordedIncrease is the growth of a counter over the scope's window, from its record.
func (t Target) recordedIncrease(s promql.Scope, c metric.Counter) promql.Expr {
	return s.RecordedIncrease(t.byPath(c))
}

// recordedMean is the mean of a record over the shown range: growth a second.
func (t Target) recordedMean(s promql.Scope, c metric.Counter) promql.Expr {
	return s.Over(promql.ShownRange).AvgOverTime(t.byPath(c))
}

// ofService are the recorded requests of the whole service.
func (t Target) ofService(s promql.Scope) requests {
	names := t.HTTP
	names.Unrouted = false // the records give a path to requests without a route
	return requests{names, s.Aggregated(t.fleet()...), t.recordedRate}
}

// wholeService are the requests of the whole service, also on a board that chooses processes.
func (t Target) wholeService() requests { return t.ofService(t.serviceScope()) }

// recorded is a series for the whole service. It has no name if the service does not count failures.
func (t Target) recorded(name, help string, unit metric.Unit) metric.Gauge {
	if t.HTTP.Requests.Name == "" || t.HTTP.Errors.Name == "" && t.HTTP.Status == "" {
		return metric.Gauge{}
	}
	return metric.Gauge{Name: name, Help: help, Unit: unit, Labels: t.fleet()}
}

func (t Target) errorsRate5m() metric.Gauge {
	return t.recorded("job:http_errors:rate5m", "Requests that failed a second.", metric.PerSecond)
}

func (t Target) requestsRate5m() metric.Gauge {
	return t.recorded("job:http_requests:rate5m", "Requests a second, probes left out.", metric.PerSecond)
}

// recordedRatio is the recorded share of failed requests over a window. Its name has the production window.
func (t Target) recordedRatio(window string) metric.Gauge {
	return t.recorded("job:http_errors:ratio_rate"+window, "Share of requests that failed.", metric.Ratio)
}

// jobRecords record all requests and the failed ones, with zero before the first failure.
func (t Target) jobRecords() []alert.Record {
	o := t.ofService(t.AlertScope()).comparable().outcomes()
	requests := t.AlertScope().Aggregated(t.fleet()...).Value(t.requestsRate5m())
	return []alert.Record{
		{Metric: t.requestsRate5m(), Expr: o.all(t.fleet()...)},
		{Metric: t.errorsRate5m(), Expr: o.failed(t.HTTP.serverError(), t.fleet()...).OrZero(requests)},
		{Metric: t.recordedRatio("5m"), Expr: t.ratioOver(0)},
	}
}

func (t Target) longRecords() []alert.Record {
	var records []alert.Record
	for _, w := range []struct {
		name   string
		length time.Duration
	}{{"30m", 30 * time.Minute}, {"1h", time.Hour}, {"6h", 6 * time.Hour}} {
		records = append(records, alert.Record{Metric: t.recordedRatio(w.name), Expr: t.ratioOver(w.length)})
	}
	return records
}

// ratioOver is the share of failed requests over a longer window, each request with the same weight; for 0, the
// record's own window.
func (t Target) ratioOver(window time.Duration) promql.Expr {
	s := t.AlertScope().Aggregated(t.fleet()...)
	if window == 0 {
		return s.Value(t.errorsRate5m()).Div(s.Value(t.requestsRate5m()))
	}
	s = s.Over(t.lasting(window))
	return s.SumOverTime(t.errorsRate5m()).Div(s.SumOverTime(t.requestsRate5m()))
}
