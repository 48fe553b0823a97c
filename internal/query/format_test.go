package query

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestFormats shows what each of Grafana's formats writes: for one text, for a list of one, for a list of several, and
// for All with a text of its own.
func TestFormats(t *testing.T) {
	one := Value{Values: []string{`a/b 'c'`}, Texts: []string{"A B"}}
	list := Value{Values: one.Values, Texts: one.Texts, Multi: true}
	several := Value{Values: []string{`x"1`, "y&2"}, Texts: []string{"X", "Y"}, Multi: true}
	all := Value{Values: []string{"x", "y"}, Multi: true, All: true, AllValue: ".+ "}
	for _, c := range []struct{ format, one, list, several, all string }{
		{"raw", `a/b 'c'`, `a/b 'c'`, `x"1,y&2`, ".+ "},
		{"csv", `a/b 'c'`, `a/b 'c'`, `x"1,y&2`, ".+ "},
		{"join", `a/b 'c'`, `a/b 'c'`, `x"1,y&2`, ".+ "},
		{"join: + ", `a/b 'c'`, `a/b 'c'`, `x"1 + y&2`, ".+ "},
		{"pipe", `a/b 'c'`, `a/b 'c'`, `x"1|y&2`, ".+ "},
		{"distributed", `a/b 'c'`, `a/b 'c'`, `x"1,v=y&2`, ".+ "},
		{"glob", `a/b 'c'`, `a/b 'c'`, `{x"1,y&2}`, ".+ "},
		{"regex", `a\/b 'c'`, `a\/b 'c'`, `(x"1|y&2)`, ".+ "},
		{"json", `a/b 'c'`, `["a/b 'c'"]`, `["x\"1","y&2"]`, ".+ "},
		{"html", `a/b &#39;c&#39;`, `a/b &#39;c&#39;`, `x&quot;1, y&amp;2`, ".+ "},
		{"lucene", `a\/b\ 'c'`, `("a\/b\ 'c'")`, `("x\"1" OR "y\&2")`, ".+ "},
		{"percentencode", `a%2Fb%20%27c%27`, `%7Ba%2Fb%20%27c%27%7D`, `%7Bx%221%2Cy%262%7D`, `.%2B%20`},
		{"uriencode", `a/b%20%27c%27`, `%7Ba/b%20%27c%27%7D`, `%7Bx%221,y&2%7D`, ".+ "},
		{"singlequote", `'a/b \'c\''`, `'a/b \'c\''`, `'x"1','y&2'`, ".+ "},
		{"doublequote", `"a/b 'c'"`, `"a/b 'c'"`, `"x\"1","y&2"`, ".+ "},
		{"sqlstring", `'a/b ''c'''`, `'a/b ''c'''`, `'x\"1','y&2'`, ".+ "},
		{"text", `A B`, `A B`, `X + Y`, "All"},
		{"customqueryparam", `v=a%2Fb%20%27c%27`, `v=a%2Fb%20%27c%27`, `v=x%221&v=y%262`, ".+ "},
		{"customqueryparam:p q:z-", `p%20q=z-a%2Fb%20%27c%27`, `p%20q=z-a%2Fb%20%27c%27`, `p%20q=z-x%221&p%20q=z-y%262`, ".+ "},
		{"queryparam", "", "", "", "var-v=$__all"},
		{"date", "NaN", "NaN", "NaN", ".+ "},
		{"xxh3", "", "", "", ".+ "},
	} {
		for i, value := range []Value{one, list, several, all} {
			want := []string{c.one, c.list, c.several, c.all}[i]
			got, err := Interpolate("${v:"+c.format+"}", map[string]Value{"v": value}, times)
			if got != want || (err == nil) != (want != "") {
				t.Errorf("%s of %+v: %s, %v; want %s", c.format, value, got, err, want)
			}
		}
	}
}

func TestMoreFormats(t *testing.T) {
	values := map[string]Value{
		"v":      {Values: []string{"a"}, Multi: true},
		"either": {Values: []string{"a"}, Multi: true, Single: true},
		"none":   {Multi: true},
		"number": {Values: []string{"-1.5e3"}},
		"every":  {Values: []string{"a", "b"}, Multi: true, All: true},
	}
	for text, want := range map[string]string{
		`[[v:json]] $v ${v}`:                `["a"] a a`,
		`${either:json} ${either:lucene}`:   `a a`,
		`${none:lucene}${none:json}`:        `__empty__[]`,
		`${number:lucene}`:                  `-1.5e3`,
		`${every:text} ${every:csv}`:        `All a,b`,
		`${every:queryparam}`:               `var-every=$__all`,
		`${v:queryparam}`:                   `var-v=a`,
		`{a=~"${every:regex}"}`:             `{a=~"(a|b)"}`,
		`{a=~"${every:pipe}",b="${v:raw}"}`: `{a=~"a|b",b="a"}`,
	} {
		if got, err := Interpolate(text, values, times); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", text, got, err, want)
		}
	}
}

// TestFields: the text and the value of a variable have names; other fields are those of a custom variable in JSON.
func TestFields(t *testing.T) {
	values := map[string]Value{
		"plain": {Values: []string{"a", "b"}, Texts: []string{"A", "B"}, Multi: true},
		"rich": {Values: []string{"eu", "us"}, Texts: []string{"Europe", "America"}, Multi: true, Properties: []map[string]string{
			{"zone": "z.1", "text": "E"}, {"zone": "z2", "text": "U"}}},
		"all": {Values: []string{"a"}, Multi: true, All: true, AllValue: ".*"},
	}
	for text, want := range map[string]string{
		`${plain.text:csv} ${plain.value:pipe}`: `A,B a|b`,
		`${plain.text}`:                         `(A|B)`,
		`${rich.zone}`:                          `(z\\.1|z2)`,
		`${rich.zone:csv} ${rich.text:csv}`:     `z.1,z2 E,U`,
		`${rich.value:csv}`:                     `eu,us`,
		`${plain.zone}`:                         ``,
		`${rich.gone}`:                          ``,
		`${all.zone}`:                           ``,
	} {
		if got, err := Interpolate(text, values, times); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %s, %v; want %s", text, got, err, want)
		}
	}
}

func TestDates(t *testing.T) {
	at := time.Date(2020, 7, 3, 15, 4, 9, 254e6, time.FixedZone("", 2*3600))
	for pattern, want := range map[string]string{
		"": "2020-07-03T13:04:09.254Z", ":iso": "2020-07-03T13:04:09.254Z", ":seconds": "1593781449", ":ms": "1593781449254",
		":YYYY-MM": "2020-07", ":YYYY-MM-DDTHH:mm:ss.SSSZ": "2020-07-03T15:04:09.254+02:00", ":YY/M/D H:m:s": "20/7/3 15:4:9",
		":dddd D MMMM, h A": "Friday 3 July, 3 PM", ":ddd MMM hh a ZZ": "Fri Jul 03 pm +0200", ":X x": "1593781449 1593781449254",
		":[week] DD.": "week 03.", ":YYYY年": "2020年",
		":Do": "", ":W": "", ":LLL": "", ":Hmm": "", `:\Y`: "", ":SS": "",
	} {
		got, err := Interpolate("${__from:date"+pattern+"}", nil, Times{From: at, To: at})
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %s, %v; want %s", pattern, got, err, want)
		}
	}
	for value, want := range map[string]string{
		"1500": "2", "-1500": "-1", "99x": "0", "x": "NaN", "": "NaN", "99999999999999999": "",
	} {
		got, err := Interpolate("${v:date:seconds}", map[string]Value{"v": {Values: []string{value}}}, times)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %s, %v; want %s", value, got, err, want)
		}
	}
}

// TestNotJudged: what only Grafana knows is told apart from a variable that does not exist, and can be given.
func TestNotJudged(t *testing.T) {
	for text, want := range map[string]bool{
		"${__user.login}": true, "${__user.id}": true, "$__org": true, "${__org.name}": true, "$__dashboard": true,
		"$__timezone": true, "$timeFilter": true, "${__field.labels.job}": true, "${__data.fields[0]}": true,
		"${__value.raw}": true, "${__series.name}": true, "$__name": true, "$__all": true, "${__from:xxh3}": true,
		"$gone": false, "$__gone": false,
	} {
		_, err := Interpolate(`x{a="`+text+`"}`, nil, times)
		var e *Error
		if !errors.As(err, &e) || e.NotJudged != want || strings.Contains(e.Message, "not judged") {
			t.Errorf("%s: %v", text, err)
		}
	}
	values := map[string]Value{"__dashboard": {Values: []string{"Shop"}}, "__user": {Properties: []map[string]string{{"login": "me"}}, Values: []string{"1"}}}
	got, err := Interpolate(`$__dashboard ${__user.login} ${__user}`, values, times)
	if err != nil || got != "Shop me 1" {
		t.Errorf("%s, %v", got, err)
	}
}

// FuzzInterpolate: no format and no value makes it panic, and an error names its place.
func FuzzInterpolate(f *testing.F) {
	f.Add("${v:date:YYYY}", "1593781449254", true)
	f.Add("${v.text:lucene}", `a"b`, false)
	f.Add("${v:customqueryparam:a:b}", "", true)
	f.Fuzz(func(t *testing.T, text, value string, multi bool) {
		_, err := Interpolate(text, map[string]Value{"v": {Values: []string{value}, Multi: multi}}, times)
		var e *Error
		if err != nil && (!errors.As(err, &e) || e.Span.End > len(text)) {
			t.Error(err)
		}
	})
}
