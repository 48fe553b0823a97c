package view

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// house are series with different labels: not all have a lane.
var house = table{
	{"__name__": "queue", "room": "north", "lane": "1"},
	{"__name__": "queue", "room": "south"},
	{"__name__": "queue", "room": "north-east"},
}

// resolved returns the values of a board's variables, over the series of the house.
func resolved(t *testing.T, variables string) (grafana.Board, map[string]query.Value, []Problem) {
	t.Helper()
	b := boardWith(t, variables)
	resolved, err := Resolve(t.Context(), b, house, nil, shownTimes)
	values, problems := resolved.Values, resolved.Problems
	if err != nil {
		t.Fatal(err)
	}
	return b, values, problems
}

// TestBrowserRegexes: what JavaScript's regular expressions have and Go's lack is run.
func TestBrowserRegexes(t *testing.T) {
	for _, test := range []struct{ regex, want string }{
		{"/^(?!north).*/", "south"},
		{"/.*(?<!north)$/", "south,north-east"},
		{"/north(?=-)/", "north-east"},
		{`/(o)\w+\1?u?/`, "o"},
		{`/(?<value>s)(?!h)/`, "s"},
		{"/^NORTH$/i", "north"},
		{"no.th", "north"},
		{"/^((?!sou).)*$/", "h,t"}, // Grafana takes the first group
		{"/(?i:SOUTH)|[(?P]Z/", "south"},
		{`/south|nort\Z/`, "south"}, // a letter, not an anchor
		{"//", "north,south,north-east"},
	} {
		_, values, problems := resolved(t, fmt.Sprintf(
			`{"type": "query", "name": "x", "query": "label_values(queue, room)", "multi": true, "includeAll": true, "regex": %q}`, test.regex))
		got := strings.Join(values["x"].Values, ",")
		if got != test.want || problems != nil {
			t.Errorf("%s: %s %v, want %s", test.regex, got, problems, test.want)
		}
	}
}

// TestUnreadableRegexes: what Grafana or a browser refuses is wrong, what this engine cannot run is not judged. The
// saved value counts.
func TestUnreadableRegexes(t *testing.T) {
	for regex, isDoubt := range map[string]bool{
		"/north": false, "/": false, "/north/x": false, "/(?i)NORTH/": false, "/(?P<value>n)/": false, "/(?>n)/": false,
		"/north/ig": true, "/north/u": true, "/[/": true,
	} {
		_, values, problems := resolved(t, fmt.Sprintf(
			`{"type": "query", "name": "x", "query": "label_values(queue, room)", "regex": %q, "current": {"value": "saved"}}`, regex))
		if len(problems) != 1 || (problems[0].Kind == Unknown) != isDoubt || !slices.Equal(values["x"].Values, []string{"saved"}) {
			t.Errorf("%s: %v %v", regex, problems, values["x"].Values)
		}
	}
}

// TestSlowRegex: a regex that does not come to an end is not judged, and the saved value counts.
func TestSlowRegex(t *testing.T) {
	slow := table{{"__name__": "queue", "room": strings.Repeat("a", 40) + "b"}}
	b := boardWith(t, `{"type": "query", "name": "x", "query": "label_values(queue, room)", "regex": "/^(a+)+$/", "current": {"value": "saved"}}`)
	resolved, err := Resolve(t.Context(), b, slow, nil, shownTimes)
	values, problems := resolved.Values, resolved.Problems
	if err != nil || len(problems) != 1 || problems[0].Kind != Unknown || !strings.Contains(problems[0].Text, "longer than 1s") {
		t.Errorf("%v %v", problems, err)
	}
	if got := values["x"].Values; !slices.Equal(got, []string{"saved"}) {
		t.Error(got)
	}
}

// TestReplace: what a pattern finds is replaced as JavaScript does it.
func TestReplace(t *testing.T) {
	for _, test := range []struct{ pattern, text, by, want string }{
		{"/o/", "room to", "0", "r0om to"},
		{"/o/g", "room to", "0", "r00m t0"},
		{"(.*)m", "room", "$1-$2-$$-$&", "roo-$2-$-room"},
		{`/(?<first>\w)(\w)/g`, "ab cd", "$2$<first>$<no>", "ba dc"},
		{"/(a)/", "bäa", "$12", "bäa2"},
		{"/x/", "room", "y", "room"},
	} {
		p, err := javaScript(test.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.replace(test.text, test.by); got != test.want || err != nil {
			t.Errorf("%s in %q by %q: %q %v, want %q", test.pattern, test.text, test.by, got, err, test.want)
		}
	}
}

// TestJSONOptions: a custom variable with a list in JSON has texts and properties.
func TestJSONOptions(t *testing.T) {
	const list = `[{\"text\": \"North\", \"value\": \"n\", \"zone\": \"z1\"}, {\"value\": \"s\", \"zone\": \"\"}]`
	for _, test := range []struct{ variable, text, want string }{
		{`"query": "` + list + `", "current": {"value": "n"}`, `$x ${x:text} ${x.text} ${x.zone}`, "n North North z1"},
		{`"query": "` + list + `", "current": {"value": ["s"]}`, `$x ${x.text} "${x.zone}"`, `s s ""`},
		{`"query": "` + list + `", "multi": true, "includeAll": true, "current": {"value": ["$__all"]}`, `${x:csv} ${x.zone:csv}`, "n,s z1,"},
		{`"query": "[\"a\", \"b\"]", "current": {"value": "b"}`, `$x`, "b"},
		{`"query": "` + list + `"`, `$x`, "n"},
		{`"query": "[{\"value\": \"n\", \"at\": {\"lane\": \"l\", \"no\": 4}}]"`, `$x ${x.at.lane} ${x.at.no}`, "n l 4"},
		{`"query": "[{\"text\": \"North\"}]"`, `$x ${x.text}`, "undefined North"},
		{`"query": " [ ]\n"`, `($x)`, "()"},
		{`"query": ""`, `($x)`, "()"},
	} {
		_, values, problems := resolved(t, `{"type": "custom", "name": "x", "valuesFormat": "json", `+test.variable+`}`)
		got, err := query.Interpolate(test.text, values, shownTimes)
		if got != test.want || err != nil || problems != nil {
			t.Errorf("%s: %q %v %v, want %q", test.variable, got, err, problems, test.want)
		}
	}
}

// TestCopies: every value of a repeat is there, of panels, rows and tabs.
func TestCopies(t *testing.T) {
	values := map[string]query.Value{
		"room": {Values: []string{"north", "east"}, Multi: true, Texts: []string{"North", "East"}},
		"lane": {Values: []string{"1", "2", "3"}},
		"none": {},
	}
	within := func(names ...string) []*grafana.Section {
		var all []*grafana.Section
		for _, name := range names {
			all = append(all, &grafana.Section{Repeat: grafana.Repeat{Variable: name}})
		}
		return all
	}
	for _, test := range []struct {
		sections    []*grafana.Section
		panel, want string
		limit       int
		total       int
	}{
		{nil, "", "(north|east) 1,2,3", 9, 1},
		{nil, "room", "north 1,2,3; east 1,2,3", 9, 2},
		{within("room"), "", "north 1,2,3; east 1,2,3", 9, 2},
		{within("room", ""), "lane", "north 1; north 2; north 3; east 1; east 2; east 3", 9, 6},
		{within("room"), "lane", "north 1; north 2", 2, 6},
		{within("room"), "room", "north 1,2,3; east 1,2,3", 9, 2},
		{within("none"), "unknown", "(north|east) 1,2,3", 9, 1},
	} {
		copies, total := Copies(grafana.Panel{Within: test.sections, Repeat: grafana.Repeat{Variable: test.panel}}, values, test.limit)
		var got []string
		for _, c := range copies {
			text, err := query.Interpolate("$room $lane", c, shownTimes)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, text)
		}
		if strings.Join(got, "; ") != test.want || total != test.total {
			t.Errorf("%v %s: %q of %d, want %q of %d", test.sections, test.panel, got, total, test.want, test.total)
		}
	}
	one, _ := Copies(grafana.Panel{Repeat: grafana.Repeat{Variable: "room"}}, values, 9)
	if got := Put("$room of ${room:text} and $gone", one[1], shownTimes, InLegend); got != "east of East and $gone" {
		t.Error(got)
	}
}

// TestLacking: which labels of a legend how many of the series lack.
func TestLacking(t *testing.T) {
	for _, test := range []struct{ legend, want string }{
		{"{{room}} {{lane}}", "[lane] map[lane:2]"},
		{"{{pod}} {{pod}}", "[pod] map[pod:3]"},
		{"{{room}}", "[] map[]"},
		{"", "[] map[]"},
	} {
		labels, counts := Lacking(test.legend, house)
		if got := fmt.Sprint(labels, counts); got != test.want {
			t.Errorf("%s: %s, want %s", test.legend, got, test.want)
		}
	}
}

// TestPut: variables in legends, titles and display names.
func TestPut(t *testing.T) {
	values := map[string]query.Value{
		"x": {Values: []string{"a.b"}, Multi: true}, "y": {Values: []string{"1", "2"}, Multi: true, Texts: []string{"One", "Two"}},
	}
	for _, test := range []struct{ text, format, want string }{
		{"$x [[x]] ${x} {{x}}", InLegend, "a.b a.b a.b {{x}}"},
		{"$y", InLegend, "{1,2}"},
		{"$y ${y:csv} ${y.text}", InLegend, "{1,2} 1,2 {One,Two}"},
		{"$5 $gone ${__field.labels.x} 100%", InLegend, "$5 $gone ${__field.labels.x} 100%"},
		{"/^$x|$y$/", inRegex, `/^a\.b|(1|2)$/`},
		{"/^${x:raw} ${y.text} $gone/", inRegex, `/^a.b (One|Two) $gone/`},
	} {
		if got := Put(test.text, values, shownTimes, test.format); got != test.want {
			t.Errorf("%s: %q, want %q", test.text, got, test.want)
		}
	}
}

// TestDisplayNames: overrides find a field by its own name and by the one that it is shown with by then.
func TestDisplayNames(t *testing.T) {
	for _, test := range []struct{ name, answers, panel, want string }{
		{"the defaults' name", "series", `"fieldConfig": {"defaults": {"displayName": "Waiting"}, "overrides": [` + byName("Waiting") + `]}`, ""},
		{"by regex", "series", `"fieldConfig": {"defaults": {"displayName": "Waiting"}, "overrides": [` + by("byRegexp", `"/^Wait/"`) + `]}`, ""},
		{"the legend is hidden by it", "series", `"fieldConfig": {"defaults": {"displayName": "Waiting"}, "overrides": [` + byName("api ok") + `]}`, `byName "api ok": no field has that name`},
		{"the own name stays", "series", `"fieldConfig": {"defaults": {"displayName": "Waiting"}, "overrides": [` + byName("Value") + `]}`, ""},
		{"a label", "auto", `"fieldConfig": {"defaults": {"displayName": "job ${__field.labels.job}"}, "overrides": [` + byName("job api") + andByName("job pod") + `]}`, `byName "job pod": no field has that name yet: another value of a label could make it`},
		{"a label that a possible field may have", "empty", `"fieldConfig": {"defaults": {"displayName": "job ${__field.labels.job}"}, "overrides": [` + byName("job x") + andByName("x") + `]}`, `byName "x": no field has that name`},
		{"the field's name", "one table", `"fieldConfig": {"defaults": {"displayName": "the ${__field.name}"}, "overrides": [` + byName("the job") + andByName("job") + andByName("the pod") + `]}`, `byName "the pod": no field has that name`},
		{"what only Grafana knows", "one table", `"fieldConfig": {"defaults": {"displayName": "${__series.name}!"}, "overrides": [` + byName("x!") + `]}`, ""},
		{"a variable", "series", `"fieldConfig": {"defaults": {"displayName": "in $room"}, "overrides": [` + byName("in north") + `]}`, ""},
		{"a rename wins over the defaults", "one table", `"transformations": [{"id": "organize", "options": {"renameByName": {"job": "Job"}}}],
			"fieldConfig": {"defaults": {"displayName": "Waiting"}, "overrides": [` + byName("Job") + andByName("job") + andByName("Waiting") + `]}`, ""},
		{"a rename, and both names", "one table", `"transformations": [{"id": "organize", "options": {"renameByName": {"Value": "Count"}}}, {"id": "sortBy", "options": {"sort": [{"field": "Value"}]}}],
			"fieldConfig": {"overrides": [` + byName("Count") + andByName("Value") + by(", byRegexp", `"/^Value$/"`) + `]}`, `byRegexp "/^Value$/": no field has a name that matches`},
		{"an earlier override's name", "series", `"fieldConfig": {"overrides": [` + displayAs("api ok", "API") + `, ` + byName("API") + andByName("api ok") + `]}`, `byName "api ok": no field has that name`},
		{"a later override's name", "series", `"fieldConfig": {"overrides": [` + byName("API") + `, ` + displayAs("api ok", "API") + `]}`, `byName "API": no field has that name`},
		{"an override's name is not there for transformations", "one table", `"transformations": [{"id": "sortBy", "options": {"sort": [{"field": "Jobs"}]}}],
			"fieldConfig": {"overrides": [` + displayAs("job", "Jobs") + `]}`, `sortBy: no field is called "Jobs"`},
		{"a transformation that is off", "one table", `"transformations": [{"id": "organize", "disabled": true, "options": {"renameByName": {"gone": "Gone"}}}],
			"fieldConfig": {"overrides": [` + byName("Gone") + `]}`, `byName "Gone": no field has that name`},
		{"look-ahead", "series", `"fieldConfig": {"overrides": [` + by("byRegexp", `"/^(?!api).* ok/"`) + by(", byRegexp", `"/^(?!api|db).* ok$/"`) + `]}`, ""},
		{"one name for several", "series", `"fieldConfig": {"defaults": {"displayName": "Same"}, "overrides": [` + byName("Same 1") + andByName("Same 4") + andByName("Same 5") + `]}`, `byName "Same 5": no field has that name yet: another value of job could make it`},
		{"one name alone has no number", "auto", `"fieldConfig": {"defaults": {"displayName": "Same"}, "overrides": [` + byName("Same 1") + `]}`, `byName "Same 1": no field has that name yet`},
		{"values not seen yet", "codes", `"fieldConfig": {"overrides": [` + displayAs("500", "Errors") + andByName("Errors") + by(", byRegexp", `"/5../"`) + `]}`,
			`byName "500": no field has that name yet: another value of code could make it; byName "Errors": no field has that name yet: another value of code could make it; byRegexp "/5../": no field has a name that matches yet: another value of code could make it`},
		{"a numbered name is renamed", "series", `"fieldConfig": {"defaults": {"displayName": "Same"}, "overrides": [` + displayAs("Same 2", "Other") + andByName("Other") + `]}`, ""},
		{"all labels", "auto", `"fieldConfig": {"defaults": {"displayName": "${__field.labels}"}, "overrides": [` + by("byRegexp", `"/api/"`) + `]}`, ""},
		{"all labels' values", "auto", `"fieldConfig": {"defaults": {"displayName": "in ${__field.labels.__values}"}, "overrides": [` + byName("in api") + andByName("at api") + `]}`, `byName "at api": no field has that name`},
		{"a variable in a regex", "series", `"fieldConfig": {"defaults": {"displayName": "in $room"}, "overrides": [` + by("byRegexp", `"/in $room/"`) + by(", byRegexp", `"/at north$/"`) + `]}`, `byRegexp "/at north$/": no field has a name that matches`},
		{"a regex of no language", "series", `"fieldConfig": {"overrides": [` + by("byRegexp", `"/(/"`) + `]}`, `byRegexp "/(/": not judged: its regex cannot be run`},
		{"renameByRegex, the first match only", "one table", `"transformations": [{"id": "renameByRegex", "options": {"regex": "/([aeo])/", "renamePattern": "<$1>"}}],
			"fieldConfig": {"overrides": [` + byName("j<o>b") + andByName("V<a>lue") + andByName("V<a>lu<e>") + `]}`, `byName "V<a>lu<e>": no field has that name`},
	} {
		b, err := grafana.Read([]byte(`{"panels": [{` + test.panel + `}]}`))
		if err != nil {
			t.Fatal(test.name, err)
		}
		if got := strings.Join(found(b.Panels[0], test.answers), "; "); !strings.HasPrefix(got, test.want) || test.want == "" && got != "" ||
			strings.Contains(got, " yet: ") != strings.Contains(test.want, " yet") {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// found returns all that a panel's transformations and overrides do not find.
func found(p grafana.Panel, kind string) []string {
	a := answers(kind)
	if kind == "empty" {
		a = []Answer{{Target: grafana.Target{RefID: "A", Legend: "{{job}}"}}}
	}
	f := NewFields(a)
	all := f.Apply(p.Transformations)
	values := map[string]query.Value{"room": {Values: []string{"north"}}}
	put := func(text string) string { return Put(text, values, shownTimes, InLegend) }
	for _, m := range f.Configure(p.Defaults, p.Overrides, put) {
		all = append(all, fmt.Sprintf("%s: %s", m.Override, m.Reason))
	}
	return append(all, f.Doubts()...)
}

func by(matcher, options string) string {
	comma := ""
	if rest, ok := strings.CutPrefix(matcher, ", "); ok {
		comma, matcher = ", ", rest
	}
	return fmt.Sprintf(`%s{"matcher": {"id": %q, "options": %s}, "properties": []}`, comma, matcher, options)
}

func byName(name string) string { return by("byName", fmt.Sprintf("%q", name)) }

func andByName(name string) string { return ", " + byName(name) }

func displayAs(name, to string) string {
	return fmt.Sprintf(`{"matcher": {"id": "byName", "options": %q}, "properties": [{"id": "displayName", "value": %q}]}`, name, to)
}
