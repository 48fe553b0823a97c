package query

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gaugewright/dashboards/metric"
)

// service is a small catalogue: the metrics of a service and its target.
func service(name string) (Series, bool) {
	target := func(unit metric.Unit, labels ...string) (Series, bool) {
		return Series{Unit: unit, Labels: append(labels, "job", "instance")}, true
	}
	switch name {
	case "requests_total", "errors_total":
		return target(metric.None, "path", "method", "status")
	case "took_seconds_bucket":
		return target(metric.None, "path", "le")
	case "took_seconds", "took_seconds_sum", "took_seconds_count":
		return target(metric.UnitFromName(name), "path")
	case "size_bucket", "size":
		return target(metric.None, "le")
	case "heap", "limit":
		return target(metric.Bytes)
	case "goroutines", "up":
		return target(metric.None)
	case "build_info":
		return target(metric.None, "version")
	case "temperature":
		return target("celsius")
	}
	return Series{}, false
}

// labelCases are queries and the labels of the result, with ... where others are possible, and the labels that are
// impossible.
var labelCases = []struct{ query, want string }{
	{`requests_total`, `instance job method path status`},
	{`rate(requests_total[5m])`, `instance job method path status`},
	{`sum(requests_total)`, ``},
	{`sum by (path, job) (requests_total)`, `job path`},
	{`sum without (path, job) (requests_total)`, `instance method status`},
	{`topk by (path) (3, requests_total)`, `instance job method path status`},
	{`count_values("version", build_info)`, `version`},
	{`count_values by (job) ("$name", build_info)`, `job ...`},
	{`sum by ($label) (requests_total)`, `...`},

	{`foreign`, `...`},
	{`foreign{path="/a",job=~"$job",method!=""}`, `job method path ...`},
	{`sum by (path) (foreign)`, `path`},
	{`sum without (path) (foreign{path="/a",job="x"})`, `job ...`},
	{`foreign{job="a",$filter}`, `job ...`},
	{`{__name__="up"}`, `instance job`},
	{`{job="a"}`, `job ...`},
	{`$metric`, `...`},

	{`histogram_quantile(0.9, rate(took_seconds_bucket[5m]))`, `instance job path`},
	{`histogram_quantile(0.9, sum by (le) (rate(foreign[5m])))`, ``},
	{`label_replace(up, "pod", "$1", "instance", "(.*):.*")`, `instance job pod`},
	{`label_join(sum(up), "$name", "", "a")`, `...`},
	{`sum by (class) (label_replace(requests_total, "class", "${1}xx", "status", "(.).."))`, `class`},
	{`vector(1)`, ``},
	{`scalar(up)`, ``},
	{`1 + 1`, ``},
	{`time() - up`, `instance job`},
	{`absent(up{job="a",instance=~"b|c"})`, `job`},
	{`absent_over_time((up{job="a"}[5m]))`, `job`},
	{`absent(up{job="a",$filter})`, `job ...`},
	{`absent(sum(up))`, ``},
	{`$function(up)`, `...`},
	{`info(up)`, `instance job ...`},

	{`errors_total / requests_total`, `instance job method path status`},
	{`sum by (path) (errors_total) / on (path) sum by (path, job) (requests_total)`, `path`},
	{`errors_total / ignoring (status) requests_total`, `instance job method path`},
	{`up * on (job, instance) group_left (version) build_info`, `instance job version`},
	{`up * on (job, instance) group_right () build_info`, `instance job version`},
	{`up == 0 or vector(0)`, `instance job`},
	{`up or build_info`, `instance job version`},
	{`up or foreign`, `instance job ...`},
	{`build_info and on (job) up`, `instance job version`},
	{`sum(up) > 1`, ``},

	{`sum by (paht) (requests_total)`, ` / paht: by: the aggregated series have no label "paht"`},
	{`sum without (le) (requests_total)`,
		`instance job method path status / le: without: the aggregated series have no label "le" (harmless)`},
	{`histogram_quantile(0.9, sum by (path) (took_seconds_bucket))`, `path`},
	{`sum by (le) (histogram_quantile(0.9, foreign))`, ` / le: by: the aggregated series have no label "le"`},
	{`sum by (path) (sum by (job) (requests_total))`, ` / path: by: the aggregated series have no label "path"`},
	{`sum(up) / on (job) up`, ` / job: on: the left side has no label "job"`},
	{`up / on (job) sum by (path) (requests_total)`, `job / job: on: the right side has no label "job"`},
	{`up / ignoring (path, version) build_info`,
		`instance job / path: ignoring: neither side has a label "path"`},
	{`up * on (job) group_left (version) up`,
		`instance job / version: group_left: the right side has no label "version"`},
	{`up * on (cluster, job) up`, `job / cluster: on: neither side has a label "cluster" (harmless)`},
	{`up * on (cluster) up`, ` / cluster: on: the left side has no label "cluster"` +
		` / cluster: on: the right side has no label "cluster"`},
	{`sum by (cluster, job) (up)`, `job / cluster: by: the aggregated series have no label "cluster" (harmless)`},
	{`sum by (cluster, zone) (up)`, ` / cluster: by: the aggregated series have no label "cluster"` +
		` / zone: by: the aggregated series have no label "zone"`},
	{`absent(sum by (x) (up))`, ` / x: by: the aggregated series have no label "x"`},
}

func TestLabels(t *testing.T) {
	for _, c := range labelCases {
		q := parse(t, c.query)
		set, problems := q.Labels(service)
		got := strings.Join(set.Names, " ")
		if set.Open {
			got = strings.TrimSpace(got + " ...")
		}
		if got += reports(q, problems); strings.TrimPrefix(got, " ") != strings.TrimPrefix(c.want, " ") {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
		}
	}
}

// reports writes problems behind a slash, each after the text that it is about.
func reports(q *Query, problems []Problem) string {
	out := ""
	for _, p := range problems {
		out += fmt.Sprintf(" / %s: %s", q.Text[p.Span.Start:p.Span.End], p.Message)
		if p.Harmless {
			out += " (harmless)"
		}
	}
	return out
}

// TestNameIsKept matters for a legend that shows the metric's name.
func TestNameIsKept(t *testing.T) {
	for query, want := range map[string]bool{
		`up`:                               true,
		`foreign`:                          true,
		`last_over_time(up[5m])`:           true,
		`sort(up)`:                         true,
		`topk(3, up)`:                      true,
		`up > 0`:                           true,
		`up and up`:                        true,
		`label_replace(up, "a","b","","")`: true,
		`-up`:                              false,
		`up > bool 0`:                      false,
		`up + 1`:                           false,
		`rate(up[5m])`:                     false,
		`max_over_time(foreign[5m])`:       false,
		`sum(up)`:                          false,
		`sum without (job) (foreign)`:      false,
		`sum by (__name__) (up)`:           true,
	} {
		set, _ := parse(t, query).Labels(service)
		if set.Has("__name__") != want || slices.Contains(set.Names, "__name__") {
			t.Errorf("%s: has __name__ %t, want %t; names %v", query, !want, want, set.Names)
		}
	}
}

// TestLabelsWithoutCatalogue: without a catalogue, nothing that may be right is reported.
func TestLabelsWithoutCatalogue(t *testing.T) {
	for _, query := range []string{
		`sum by (path) (a) / on (path) group_left (b) sum by (path, b) (c)`,
		`a * on (job) group_left (version) b`,
	} {
		if _, problems := parse(t, query).Labels(nil); len(problems) > 0 {
			t.Errorf("%s: %v", query, problems)
		}
	}
}
