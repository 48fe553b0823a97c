package query

import (
	"testing"

	"github.com/prometheus/prometheus/promql/parser"
)

// canonicalCases are queries and their canonical form; empty where it is the same.
var canonicalCases = []struct{ query, want string }{
	{query: `sum by (path) (increase(api_http_request_total{instance=~"$instance",job=~"$job",path!~"/health|/metrics",status!~"[45].."}[$__range]))`},
	{query: `max_over_time(max by (job, instance) (go_goroutines{instance=~"$instance",job=~"$job"})[$__range:$__interval] @ end())`},
	{query: `histogram_quantile(0.95, sum by (le) (rate(x_bucket[$__rate_interval])))`},
	{query: `a and on () (count(b) <= 12)`},
	{query: `label_replace(min(x), "instance", "minimum", "", "")`},
	{query: `label_replace(rate(x[5m]), "class", "${1}xx", "status", "(.)..")`},
	{query: `min_over_time(x[15m] offset 1h)`},
	{query: `x < 2 ^ 62`},
	{query: `-1 + -x ^ -2`},
	{query: `x offset -5m`},
	{query: `count(up{job=~"$job"} == 0) or vector(0)`},
	{query: `x @ 1700000000.000`},
	{query: `x @ $__from`},
	{query: `topk($n, x) > bool $limit`},
	{query: `$metric{job="a"} / ${other:raw}[[part]]_total`},
	{query: `$function(x[${w}m:$step] offset -$o)`},
	{query: `$aggregation by (le) (x)`},
	{query: `sum without ($label, job) (x)`},
	{query: `a * on (job) group_left (version) b`},
	{query: `a + fill (0) b`},
	{query: `count_values(${name:doublequote}, x)`},
	{query: `x{path=~"[$a-$b]"}`},
	{query: `x[5m] anchored`},
	{query: `mad_over_time(x[$w + 5m])`},
	{`x{b="1", a='2'}[60s] # seconds`, `x{a="2",b="1"}[1m]`},
	{`{__name__="x",${l}="y",$filter,a="b"}`, `{__name__="x",a="b",${l}="y",$filter}`},
	{`SUM(x) BY(job,)`, `sum by (job) (x)`},
	{`2^62 +0.50`, `2 ^ 62 + 0.5`},
	{`x[[[w]]]`, `x[[[w]]]`},
	{`zq000 + $zqq + max_over_time(x[13000d1s:$w]) + 130091000`, `zq000 + $zqq + max_over_time(x[13000d1s:$w]) + 130091000`}, // looks like stand-ins
	{"sum(\n  x\n)", `sum(x)`},
}

func TestCanonical(t *testing.T) {
	for _, c := range canonicalCases {
		want := c.want
		if want == "" {
			want = c.query
		}
		q, err := Parse(c.query)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		if got := q.Canonical(); got != want {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, want)
		}
	}
}

// errorCases are texts that are not queries, the error with its place, and the variable to blame.
var errorCases = []struct{ query, want, variable string }{
	{query: ``, want: `1:1: no expression found in input`},
	{query: `sum(x`, want: `1:6: unclosed left parenthesis`},
	{query: `rate(x{job=~"$job"}[$__rate_interval)`,
		want: `1:37: unexpected ")" in subquery or range, expected ":" or "]"`},
	{query: "sum(\n  rate(x{job=~\"$job\"})\n)",
		want: `2:8: expected type range vector in call to function "rate", got instant vector`},
	{query: `x{a=~"$a",b=~"$b",c=~"*"}`, want: "1:19: error parsing regexp: missing argument to repetition operator: `*`"},
	{query: `x[$__range] + rte(x[$__range])`, want: `1:15: unknown function with name "rte"`},
	{query: `sum(x) by job`, want: `1:11: unexpected identifier "job" in grouping opts, expected "("`},
	{query: `a $operator b`, want: `1:3: unexpected identifier "$operator"`, variable: `$operator`},
	{query: `rate(x[5m] $offset)`, want: `1:12: unexpected identifier "$offset"`, variable: `$offset`},
	{query: `rate($metric)`, want: `1:6: expected type range vector in call to function "rate", got instant vector`,
		variable: `$metric`},
}

func TestErrors(t *testing.T) {
	for _, c := range errorCases {
		_, err := Parse(c.query)
		if err == nil || err.Error() != c.want || err.(*Error).Variable != c.variable {
			t.Errorf("%s\n got %v\nwant %s, variable %q", c.query, err, c.want, c.variable)
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		query string
		want  []Place
	}{
		{`x[$w]`, []Place{AsDuration}},
		{`x[$w:${s}s] offset -$o`, []Place{AsDuration, AsDuration, AsDuration}},
		{`x[2 * ($w + 1m)]`, []Place{AsDuration}},
		{`x / $__range_s`, []Place{AsNumber}},
		{`x > $limit`, []Place{AsNumber}},
		{`topk($n, x)`, []Place{AsNumber}},
		{`histogram_quantile(0.$p, x)`, []Place{AsNumber}},
		{`clamp_max(x, $a + $b)`, []Place{AsNumber, AsNumber}},
		{`sum($a + $b)`, []Place{AsMetric, AsNumber}},
		{`x + sum(-$y)`, []Place{AsMetric}},
		{`$metric`, []Place{AsMetric}},
		{`$metric > 5`, []Place{AsMetric}},
		{`node_${a}_${b}_total{job="$job"}`, []Place{AsMetric, AsMetric, AsText}},
		{`x == on (job) $y`, []Place{AsMetric}},
		{`$f(x[5m])`, []Place{AsFunction}},
		{`$f($n, x[5m])`, []Place{AsFunction, AsMetric}},
		{`$a(sum($f(x)) by (b)) by (c)`, []Place{AsAggregation, AsFunction}},
		{`$a by ($l) (x)`, []Place{AsAggregation, AsLabel}},
		{`x{$l="$v", b=${v:doublequote}, $m}`, []Place{AsLabel, AsText, AsString, AsMatcher}},
		{`label_replace(x, "$d", "$1", ${s:doublequote}, "(.*)")`, []Place{AsText, AsString}},
		{`x # $comment`, nil},
	} {
		q, err := Parse(c.query)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		var got []Place
		for _, v := range q.Variables() {
			got = append(got, v.Place)
		}
		if !equal(got, c.want) {
			t.Errorf("%s\n got %v\nwant %v", c.query, got, c.want)
		}
	}
}

func TestVariableSpellings(t *testing.T) {
	for text, want := range map[string]Variable{
		`$job`:                   {Name: "job"},
		`${job}`:                 {Name: "job"},
		`${job:regex}`:           {Name: "job", Format: "regex"},
		`${__from:date:seconds}`: {Name: "__from", Format: "date:seconds"},
		`${job.text:csv}`:        {Name: "job", Field: "text", Format: "csv"},
		`[[job]]`:                {Name: "job"},
		`[[job:pipe]]`:           {Name: "job", Format: "pipe"},
	} {
		q, err := Parse(`x{a="` + text + `"}`)
		if err != nil || len(q.Variables()) != 1 {
			t.Errorf("%s: %v", text, err)
			continue
		}
		want.Place, want.Span = AsText, Span{5, 5 + len(text)}
		if got := q.Variables()[0]; got != want {
			t.Errorf("%s: got %+v, want %+v", text, got, want)
		}
	}
	for _, text := range []string{`$1`, `${1}`, `^a$`, `[[:alpha:]]`, `$`, `${`, `$$`} {
		if q, err := Parse("x{a=`" + text + "`}"); err != nil || q.Variables() != nil {
			t.Errorf("%s is read as a variable (%v)", text, err)
		}
	}
}

func equal[E comparable](a, b []E) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func parse(t testing.TB, text string) *Query {
	t.Helper()
	q, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return q
}

func selectorsOf(q *Query) (all []*parser.VectorSelector) {
	visit(q, func(s *parser.VectorSelector, _ []parser.Node) { all = append(all, s) })
	return all
}

func TestExperimental(t *testing.T) {
	for text, want := range map[string]string{
		"limitk(2, up)": "limitk", "info(up)": "info", "up + fill(0) down": "fill", "mad_over_time(up[5m])": "mad_over_time",
		"rate(a_total[5m] anchored)": "", "rate(a_total[step() + 1m])": "", "up @ start()": "", "up / down": "",
	} {
		if got := parse(t, text).Experimental(); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
