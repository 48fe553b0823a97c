package view

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// table is a source over fixed series. It understands only selectors with = and =~.
type table []map[string]string

var matcherPattern = regexp.MustCompile(`([a-z_]+)(=~|=)"((?:[^"\\]|\\.)*)"`)

func (s table) Series(_ context.Context, selector string, _, _ time.Time) ([]map[string]string, error) {
	name, _, _ := strings.Cut(selector, "{")
	var found []map[string]string
	for _, labels := range s {
		matches := name == "" || labels["__name__"] == name
		for _, m := range matcherPattern.FindAllStringSubmatch(selector, -1) {
			value := strings.ReplaceAll(m[3], `\\`, `\`)
			if m[2] == "=" {
				value = regexp.QuoteMeta(value)
			}
			regex, err := regexp.Compile("^(?:" + value + ")$")
			if err != nil {
				return nil, &Refused{Reason: err.Error()}
			}
			matches = matches && regex.MatchString(labels[m[1]])
		}
		if matches {
			found = append(found, labels)
		}
	}
	return found, nil
}

func (s table) LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error) {
	series, err := s.Series(ctx, selector, from, to)
	var values []string
	for _, labels := range series {
		if value := labels[label]; value != "" && !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	return values, err
}

func (s table) LabelNames(ctx context.Context, _, _ time.Time) ([]string, error) {
	return []string{"__name__", "instance", "job"}, nil
}

func (s table) Samples(_ context.Context, text string, _ time.Time) ([]Sample, error) {
	if text == "bad(" {
		return nil, &Refused{Reason: "1:5: unclosed"}
	}
	return []Sample{{map[string]string{"__name__": "up", "job": "api"}, 1.5}}, nil
}

var shop = table{
	{"__name__": "up", "job": "api", "instance": "node10:80"},
	{"__name__": "up", "job": "api", "instance": "node2:80"},
	{"__name__": "up", "job": "db", "instance": "Node1:90"},
	{"__name__": "orders", "job": "api", "path": "/orders/{id}"},
	{"__name__": "orders", "job": "api", "path": "/orders"},
}

var now = time.UnixMilli(1_700_000_000_000)

// TestResolve: the query text that comes of the variable x, for a list of variables of a board.
func TestResolve(t *testing.T) {
	const job = `{"type": "query", "name": "job", "query": "label_values(up, job)", "multi": true, "includeAll": true`
	for _, test := range []struct{ name, variables, text, want string }{
		{"a chosen value", job + `, "current": {"value": ["db"]}}`, `$job`, `db`},
		{"what was chosen is gone: All", job + `, "current": {"value": ["gone"]}}`, `$job`, `(api|db)`},
		{"All", job + `, "current": {"value": "$__all"}}`, `$job`, `(api|db)`},
		{"All, with a text of its own", job + `, "allValue": ".+", "current": {"value": ["$__all"]}}`, `${job}`, `.+`},
		{"nothing was chosen: All", job + `, "current": {}}`, `[[job]]`, `(api|db)`},
		{"nothing was chosen, no All: the first", `{"type": "query", "name": "job", "query": "label_values(up, job)"}`, `$job`, `api`},
		{"a chain, in whatever order", `{"type": "query", "name": "x", "query": "label_values(up{job=~\"$job\"}, instance)"},` +
			job + `, "current": {"value": ["db"]}}`, `$x`, `Node1:90`},
		{"escaped for a regular expression", `{"type": "query", "name": "x", "query": "label_values(orders, path)", "multi": true}`,
			`$x`, `/orders/\\{id\\}`},
		{"escaped in a chain", `{"type": "query", "name": "p", "query": "label_values(orders, path)", "multi": true},
			{"type": "query", "name": "x", "query": "label_values(orders{path=~\"$p\"}, path)"}`, `$x`, `/orders/{id}`},
		{"not escaped where it has one value", `{"type": "query", "name": "x", "query": "label_values(orders, path)"}`, `$x`, `/orders/{id}`},
		{"all values of a label", `{"type": "query", "name": "x", "query": "label_values(instance)", "multi": true, "includeAll": true}`,
			`${x:csv}`, `node10:80,node2:80,Node1:90`},
		{"an empty selector", `{"type": "query", "name": "x", "query": "label_values({}, job)", "includeAll": true}`, `${x:csv}`, `api,db`},
		{"label names", `{"type": "query", "name": "x", "query": "label_names()", "includeAll": true}`, `${x:csv}`, `__name__,instance,job`},
		{"label names of metrics", `{"type": "query", "name": "x", "query": "label_names(order)", "includeAll": true}`, `${x:csv}`, `__name__,job,path`},
		{"names of metrics", `{"type": "query", "name": "x", "query": "metrics(^o)"}`, `$x`, `orders`},
		{"a query's result", `{"type": "query", "name": "x", "query": "query_result(up)", "regex": "/.* ([0-9.]+) .*/"}`, `$x`, `1.5`},
		{"series", `{"type": "query", "name": "x", "query": "up{job=\"db\"}", "regex": "/instance=\"([^\"]*)/"}`, `$x`, `Node1:90`},
		{"a regex that has to match all", `{"type": "query", "name": "x", "query": "label_values(up, instance)", "regex": "node2.*"}`, `$x`, `node2:80`},
		{"a regex with a group", `{"type": "query", "name": "x", "query": "label_values(up, instance)", "regex": "/(.*):90/"}`, `$x`, `Node1`},
		{"a regex with flags", `{"type": "query", "name": "x", "query": "label_values(up, instance)", "regex": "/^node1:/i"}`, `$x`, `Node1:90`},
		{"a regex with named groups", `{"type": "query", "name": "x", "query": "label_values(up, instance)", "regex": "/(?<text>.*):(?<value>90)/"}`, `$x`, `90`},
		{"a regex with a variable in a format of its own", `{"type": "query", "name": "x", "query": "label_values(up, instance)", "regex": "/${y:raw}:80/"}, {"type": "custom", "name": "y", "query": "node.0"}`, `$x`, `node10:80`},
		{"a regex with a variable", `{"type": "query", "name": "x", "query": "label_values(up, instance)", "regex": "/$y.*/"}, {"type": "custom", "name": "y", "query": "node2"}`, `$x`, `node2:80`},
		{"sorted by letter", sorted(1), `${x:csv}`, `Node1:90,node10:80,node2:80`},
		{"backwards", sorted(2), `${x:csv}`, `node2:80,node10:80,Node1:90`},
		{"by number", sorted(3), `${x:csv}`, `Node1:90,node2:80,node10:80`},
		{"without case", sorted(5), `${x:csv}`, `node10:80,Node1:90,node2:80`},
		{"naturally", sorted(7), `${x:csv}`, `Node1:90,node2:80,node10:80`},
		{"custom", `{"type": "custom", "name": "x", "query": "a, b"}`, `$x`, `a`},
		{"custom, named", `{"type": "custom", "name": "x", "query": "Small : 1, Large : 2", "current": {"value": "2"}}`, `$x`, `2`},
		{"custom, named with a colon", `{"type": "custom", "name": "x", "query": "a : b : 1"}`, `$x ${x.text}`, `1 a : b`},
		{"custom, with a variable", `{"type": "custom", "name": "x", "query": "$y-1, $y-2"}, {"type": "constant", "name": "y", "query": "a"}`, `$x`, `a-1`},
		{"constant with a dollar sign", `{"type": "constant", "name": "x", "query": "a$|b$c"}`, `$x`, `a$|b$c`},
		{"custom, with a comma", `{"type": "custom", "name": "x", "query": "a\\,b,c"}`, `$x`, `a,b`},
		{"custom, one of many though several were saved", `{"type": "custom", "name": "x", "query": "a,b", "current": {"value": ["b", "a"]}}`, `$x`, `b`},
		{"constant", `{"type": "constant", "name": "x", "query": "42"}`, `$x`, `42`},
		{"text", `{"type": "textbox", "name": "x", "query": "a", "current": {"value": "b"}}`, `$x`, `b`},
		{"text as it was first", `{"type": "textbox", "name": "x", "query": "a"}`, `$x`, `a`},
		{"interval", `{"type": "interval", "name": "x", "query": "1m,10m", "current": {"value": "10m"}}`, `$x`, `10m`},
		{"interval that chooses itself", `{"type": "interval", "name": "x", "query": "1m", "auto": true, "auto_count": 30, "auto_min": "10s", "current": {"value": "$__auto_interval_x"}}`, `$x`, `120000ms`},
		{"data source", `{"type": "datasource", "name": "x", "query": "prometheus"}`, `$x`, `default`},
		{"another data source's query", `{"type": "query", "name": "x", "datasource": {"type": "loki"}, "query": "y", "current": {"value": "saved"}}`, `$x`, `saved`},
		{"fixed options beside those found", `{"type": "query", "name": "x", "query": "label_values(gone, job)", "includeAll": true, "staticOptions": [{"text": "S", "value": "s"}]}`, `$x`, `s`},
		{"the first of one name", `{"type": "custom", "name": "x", "query": "a"}, {"type": "custom", "name": "x", "query": "$x"}`, `$x`, `a`},
		{"a type of tomorrow", `{"type": "switch", "name": "x", "current": {"value": "true"}}`, `$x`, `true`},
	} {
		resolved, err := Resolve(t.Context(), boardWith(t, test.variables), shop, nil, shownTimes)
		values, problems := resolved.Values, resolved.Problems
		if err != nil || problems != nil {
			t.Errorf("%s: %v %v", test.name, problems, err)
		}
		got, err := query.Interpolate(test.text, values, shownTimes)
		if err != nil || got != test.want {
			t.Errorf("%s: got %s %v, want %s", test.name, got, err, test.want)
		}
	}
}

var shownTimes = query.Times{From: now.Add(-time.Hour), To: now, Interval: 10 * time.Second, Scrape: 10 * time.Second}

func sorted(order int) string {
	return fmt.Sprintf(`{"type": "query", "name": "x", "query": "label_values(up, instance)", "includeAll": true, "sort": %d}`, order)
}

func boardWith(t *testing.T, variables string) grafana.Board {
	t.Helper()
	b, err := grafana.Read([]byte(`{"panels": [], "templating": {"list": [` + variables + `]}}`))
	if err != nil {
		t.Fatal(variables, err)
	}
	return b
}

func TestChosen(t *testing.T) {
	b := boardWith(t, `{"type": "query", "name": "x", "query": "label_values(up, job)", "multi": true, "includeAll": true, "current": {"value": ["db"]}}`)
	for _, test := range []struct {
		chosen []string
		want   string
	}{{[]string{"api"}, "api"}, {[]string{"a", "b.c"}, `(a|b\\.c)`}, {[]string{"All"}, "(api|db)"}, {[]string{all}, "(api|db)"}} {
		resolved, err := Resolve(t.Context(), b, shop, map[string][]string{"x": test.chosen}, shownTimes)
		values := resolved.Values
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := query.Interpolate("$x", values, shownTimes); got != test.want {
			t.Errorf("%q: got %s, want %s", test.chosen, got, test.want)
		}
		if got := resolved.Offered["x"]; len(got) != 2 || got[0].Value != "api" || got[1].Value != "db" {
			t.Errorf("%q: offered %v, whatever is chosen", test.chosen, got)
		}
	}
}

// TestParseLookup takes the queries of variables apart.
func TestParseLookup(t *testing.T) {
	for text, want := range map[string]Lookup{
		"label_values(job)":                          {LabelValues, "", "job"},
		"label_values({ }, job)":                     {LabelValues, "", "job"},
		" label_values(up{a=\"b, c\"}, \"job\" ) ":   {LabelValues, `up{a="b, c"}`, "job"},
		"label_values(sum by (a, b) (up),\n http.x)": {LabelValues, "sum by (a, b) (up)", "http.x"},
		"label_names()":                              {LabelNames, "", ""},
		"label_names(go_.*)":                         {LabelNames, "go_.*", ""},
		"metrics(go_.*)":                             {MetricNames, "go_.*", ""},
		"query_result(topk(3, up))":                  {QueryResult, "topk(3, up)", ""},
		" up{a=\"b\"}":                               {SeriesTexts, `up{a="b"}`, ""},
		"label_values(up, job) + 1":                  {SeriesTexts, "label_values(up, job) + 1", ""},
	} {
		if got := ParseLookup(text); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func TestProblems(t *testing.T) {
	for _, test := range []struct{ variables, want string }{
		{`{"type": "query", "name": "x", "query": "label_values(gone, job)"}`, "label_values(gone, job) finds nothing"},
		{`{"type": "query", "name": "x", "query": "label_values(up, job)", "regex": "/z/"}`, "none of the 2 values of label_values(up, job) match its regex /z/"},
		{`{"type": "query", "name": "x", "query": "label_values(up, job)", "regex": "/(a/"}`, "not judged: its regex cannot be run: "},
		{`{"type": "query", "name": "x", "query": "label_values(up, job)", "regex": "/api(?!x)y/"}`, "none of the 2 values"},
		{`{"type": "custom", "name": "x", "valuesFormat": "json", "query": "a,b"}`, "its list is not JSON: line 1, column 1"},
		{`{"type": "custom", "name": "x", "valuesFormat": "json", "query": "{}"}`, "its JSON is not a list"},
		{`{"type": "custom", "name": "x", "valuesFormat": "json", "query": "[3]"}`, "not judged: its list has a value that is not an object"},
		{`{"type": "constant", "name": "x", "query": "${VAR_X}"}`, "${VAR_X} is an input of the export, and the file has no value for it"},
		{`{"type": "query", "name": "x", "query": "label_values(up{a=\"$y\"}, job)"}`, "its query cannot be run: 1:20: $y: there is no variable of this name"},
		{`{"type": "query", "name": "x", "query": "label_values(up{a=\"$x\"}, job)"}`, "it refers to itself, or to a variable that refers to it"},
		{`{"type": "query", "name": "x", "query": "query_result(bad()"}`, "query_result(bad(): 1:5: unclosed"},
		{`{"type": "query", "name": "x", "query": "metrics([)"}`, "metrics([): its regex cannot be run"},
	} {
		resolved, err := Resolve(t.Context(), boardWith(t, test.variables), shop, nil, shownTimes)
		problems := resolved.Problems
		if err != nil || len(problems) == 0 || !strings.HasPrefix(problems[0].Text, test.want) {
			t.Errorf("%s: %v %v, want %s", test.variables, problems, err, test.want)
		}
	}
}

// down is a source that cannot be reached.
type down struct{ table }

func (down) LabelValues(context.Context, string, string, time.Time, time.Time) ([]string, error) {
	return nil, errors.New("connection refused")
}

func TestSourceFails(t *testing.T) {
	b := boardWith(t, `{"type": "query", "name": "x", "query": "label_values(up, job)"}`)
	_, err := Resolve(t.Context(), b, down{}, nil, shownTimes)
	if err == nil || err.Error() != "variable x: connection refused" {
		t.Error(err)
	}
}
