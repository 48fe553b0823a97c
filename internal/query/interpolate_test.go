package query

import (
	"testing"
	"time"
)

var times = Times{
	From:     time.UnixMilli(1_700_000_000_000).UTC(),
	To:       time.UnixMilli(1_700_003_600_400),
	Interval: 15 * time.Second,
	Scrape:   10 * time.Second,
}

// TestInterpolate shows what Grafana sends for a variable "v" with a value.
func TestInterpolate(t *testing.T) {
	one := Value{Values: []string{"/orders/{id}"}}
	multi := Value{Values: []string{"/orders/{id}"}, Multi: true}
	two := Value{Values: []string{"a.b", "c|d"}, Multi: true}
	for _, c := range []struct {
		text  string
		value Value
		want  string
	}{
		{`x{path="$v"}`, one, `x{path="/orders/{id}"}`},
		{`x{path=~"$v"}`, multi, `x{path=~"/orders/\\{id\\}"}`},
		{`x{path=~"[[v]]"}`, two, `x{path=~"(a\\.b|c\\|d)"}`},
		{`x{path="$v"}`, Value{Values: []string{`a\b`}}, `x{path="a\\b"}`},
		{`x{path=~"$v"}`, Value{Values: []string{`a\b`}, Multi: true}, `x{path=~"a\\\\b"}`},
		{`x{path=~"$v"}`, Value{Values: []string{"a", "b.c"}, Multi: true, All: true}, `x{path=~"(a|b\\.c)"}`},
		{`x{path=~"$v"}`, Value{Values: []string{"a"}, Multi: true, All: true, AllValue: ".+"}, `x{path=~".+"}`},
		{`x{path=~"$v"}`, Value{Multi: true}, `x{path=~"()"}`},
		{`${v:raw} ${v:csv} ${v:pipe} ${v:glob}`, two, `a.b,c|d a.b,c|d a.b|c|d {a.b,c|d}`},
		{`${v:regex}`, two, `(a\.b|c\|d)`},
		{`${v:regex}`, one, `\/orders\/\{id\}`},
		{`${v:glob}`, one, `/orders/{id}`},
		{`${v:doublequote} ${v:singlequote}`, two, `"a.b","c|d" 'a.b','c|d'`},
		{`label_replace($v, "a", "$1", "b", "${1}")`, Value{Values: []string{"up"}},
			`label_replace(up, "a", "$1", "b", "${1}")`},
		{`$vx`, Value{}, ``},
	} {
		got, err := Interpolate(c.text, map[string]Value{"v": c.value}, times)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s with %+v\n got %s, %v\nwant %s", c.text, c.value, got, err, c.want)
		}
	}
}

func TestInterpolateMacros(t *testing.T) {
	for text, want := range map[string]string{
		`x[$__rate_interval]`:          `x[40s]`, // four scrapes, more than 15s + 10s
		`x[$__range:${__interval}]`:    `x[3600s:15s]`,
		`$__range_s $__range_ms`:       `3600 3600400`,
		`$__interval_ms`:               `15000`,
		`$__rate_interval_ms`:          `40000`,
		`$__from $__to`:                `1700000000000 1700003600400`,
		`${__from:date:seconds}`:       `1700000000`,
		`${__to:date}`:                 `2023-11-14T23:13:20.400Z`,
		`${__from:date:YYYY} or $__to`: `2023 or 1700003600400`,
		`${__to:date:seconds}`:         `1700003600`,
		`${__interval:raw}`:            `15s`,
		`${__range_ms:singlequote}`:    `'3600400'`,
		`$__user`:                      ``,
	} {
		if got, err := Interpolate(text, nil, times); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: got %s, %v; want %s", text, got, err, want)
		}
	}
}

func TestInterpolateMilliseconds(t *testing.T) {
	got, err := Interpolate(`x[$__interval]`, nil, Times{Interval: 1500 * time.Millisecond})
	if want := `x[1500ms]`; err != nil || got != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}

func TestRateInterval(t *testing.T) {
	for _, c := range []struct{ interval, scrape, want time.Duration }{
		{time.Second, 10 * time.Second, 40 * time.Second},
		{time.Minute, 10 * time.Second, 70 * time.Second},
		{1500 * time.Millisecond, 0, 1500 * time.Millisecond},
	} {
		if got := (Times{Interval: c.interval, Scrape: c.scrape}).RateInterval(); got != c.want {
			t.Errorf("%s and %s: %s, want %s", c.interval, c.scrape, got, c.want)
		}
	}
}

func TestInterpolateErrorNamesThePlace(t *testing.T) {
	_, err := Interpolate("sum(\n  x{a=\"$gone\"})", nil, times)
	if want := `2:8: $gone: there is no variable of this name`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestEscapingSurvives: for any value of a variable that allows several, the resulting matcher matches that value and
// no other. Grafana's escaping and PromQL's unquoting cancel out. (Grafana does not escape a double quote.)
func TestEscapingSurvives(t *testing.T) {
	for _, value := range []string{
		`/orders/{id}`, `a.b`, `a|b`, `(x)`, `[0]`, `$1`, `a^b`, `x*`, `y+`, `z?`, `\d`, `\\`, `'`, `é`, ``,
	} {
		text, err := Interpolate(`x{a=~"$v"}`, map[string]Value{"v": {Values: []string{value}, Multi: true}}, times)
		if err != nil {
			t.Fatal(err)
		}
		q := parse(t, text)
		matcher := selectorsOf(q)[0].LabelMatchers[0]
		if !matcher.Matches(value) || matcher.Matches(value+"x") || matcher.Matches("x"+value) {
			t.Errorf("%s becomes %s", value, text)
		}
	}
}
