package view

import (
	"strings"
	"testing"

	"gaugewright/internal/grafana"
)

// answers are the results of a table with two queries, of two series, and of a query that may be empty.
func answers(kind string) []Answer {
	labels := func(pairs ...string) map[string]string {
		m := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	switch kind {
	case "table":
		return []Answer{
			{Target: grafana.Target{RefID: "A", Format: "table"}, Series: []map[string]string{labels("job", "api", "instance", "a")}},
			{Target: grafana.Target{RefID: "B", Format: "table"}, Labels: []string{"job", "version"}},
		}
	case "one table":
		return []Answer{{Target: grafana.Target{RefID: "A", Format: "table"}, Series: []map[string]string{labels("job", "api")}}}
	case "series":
		return []Answer{
			{Target: grafana.Target{RefID: "A", Legend: "{{job}} ok"}, Series: []map[string]string{labels("job", "api"), labels("job", "db")}},
			{Target: grafana.Target{RefID: "B", Legend: "limit"}},
			{Target: grafana.Target{RefID: "C", Legend: "{{job}} gone"}},
		}
	case "fixed":
		return []Answer{{Target: grafana.Target{RefID: "A", Legend: "limit"}, Series: []map[string]string{labels("job", "api")}}}
	case "auto total":
		return []Answer{{Target: grafana.Target{RefID: "A", Expr: "sum(up)", Legend: "__auto"}, Series: []map[string]string{labels()}}}
	case "codes":
		return []Answer{{Target: grafana.Target{RefID: "A", Legend: "{{code}}"}, Series: []map[string]string{labels("code", "200")}}}
	case "auto":
		return []Answer{{Target: grafana.Target{RefID: "A", Expr: "up", Legend: "__auto"},
			Series: []map[string]string{labels("__name__", "up", "job", "api")}}}
	}
	return []Answer{{Target: grafana.Target{RefID: "A", Skip: "another data source"}}}
}

// as puts no variables in.
func as(text string) string { return text }

// TestOverrides: an override is unmatched exactly when no field, existing or possible, fits it.
func TestOverrides(t *testing.T) {
	for _, test := range []struct{ answers, matcher, options, want string }{
		{"table", "byName", `"Value #A"`, ""},
		{"table", "byName", `"Value"`, "no field has that name"},
		{"table", "byName", `"version"`, ""}, // of the empty query
		{"table", "byName", `"Time"`, ""},
		{"one table", "byName", `"Value"`, ""},
		{"one table", "byName", `"Value #A"`, "no field has that name"},
		{"series", "byName", `"api ok"`, ""},
		{"series", "byName", `"web ok"`, ""}, // another job
		{"series", "byName", `"web"`, "no field has that name"},
		{"series", "byNames", `{"names": ["x", "web ok"]}`, ""},
		{"series", "byName", `"limits"`, "no field has that name"},
		{"fixed", "byName", `"other"`, "no field has that name"},
		{"fixed", "byRegexp", `"/other/"`, "no field has a name that matches"},
		{"fixed", "byRegexp", `"/limit/"`, ""},
		{"series", "byName", `"limit"`, ""},
		{"series", "byName", `"web gone"`, ""},
		{"series", "byNames", `{"names": ["x", "db ok"]}`, ""},
		{"series", "byNames", `{"names": ["x"]}`, "no field has one of these names"},
		{"series", "byNames", `{"mode": "exclude", "names": ["x"]}`, ""},
		{"series", "byRegexp", `"/^(api|db)/"`, ""},
		{"series", "byRegexp", `"lim.*"`, ""},
		{"one table", "byRegexp", `"/^web/"`, "no field has a name that matches"},
		{"one table", "byRegexp", `"/(?!x)/"`, ""}, // only a browser knows
		{"one table", "byRegexpOrNames", `{"pattern": "z", "names": ["job"]}`, ""},
		{"series", "byFrameRefID", `"B"`, ""},
		{"series", "byFrameRefID", `"D"`, "the panel has no such query"},
		{"series", "byType", `"number"`, ""},
		{"series", "byType", `"string"`, "no field is of that type"},
		{"series", "byValue", `{"reducer": "max"}`, ""},
		{"auto", "byName", `"api"`, ""},
		{"auto", "byName", `"{job=\"api\"}"`, ""},
		{"auto", "byName", `"{__name__=\"up\", job=\"api\"}"`, ""},
		{"auto", "byName", `"up{job=\"api\"}"`, ""},
		{"auto", "byName", `"db"`, ""}, // another job
		{"auto total", "byName", `"db"`, "no field has that name"},
		{"auto total", "byName", `"sum(up)"`, ""},
		{"other", "byName", `"whatever"`, ""},
		{"other", "byFrameRefID", `"B"`, "the panel has no such query"},
	} {
		options, err := grafana.ParseJSON(test.options)
		if err != nil {
			t.Fatal(err)
		}
		o := grafana.Override{Matcher: test.matcher, Options: options}
		got := ""
		for _, m := range NewFields(answers(test.answers)).Configure(grafana.Field{}, []grafana.Override{o}, as) {
			got = m.Reason
		}
		if got != test.want {
			t.Errorf("%s, %s %s: %q, want %q", test.answers, test.matcher, test.options, got, test.want)
		}
	}
}

// TestTransformations: the names that each does not find, and a name that exists afterwards.
func TestTransformations(t *testing.T) {
	for _, test := range []struct{ answers, transformations, want, has, lacks string }{
		{"table", `[{"id": "merge"}]`, "", "Value #A", "Value"},
		{"table", `[{"id": "organize", "options": {"renameByName": {"Value #A": "Up", "job": ""}, "excludeByName": {"Time": true, "old": true}}}]`, "", "Up", "Time"},
		{"table", `[{"id": "organize", "options": {"renameByName": {"Value #C": "Gone"}}}]`, `organize: no field is called "Value #C"`, "job", "Gone"},
		{"table", `[{"id": "organize", "options": {"renameByName": {"gone": "Gone"}, "excludeByName": {"gone": true}}}]`, "", "job", "Gone"},
		{"table", `[{"id": "joinByField", "options": {"byField": "instance"}}]`, "", "job 2", "job 3"},
		{"table", `[{"id": "joinByField", "options": {"byField": "pod"}}]`, `joinByField: no field is called "pod"`, "job", "pod"},
		{"table", `[{"id": "filterFieldsByName", "options": {"include": {"names": ["job"]}}}]`, "", "job", "instance"},
		{"one table", `[{"id": "filterFieldsByName", "options": {"include": {"pattern": "/^x/"}}}]`, "filterFieldsByName: none of the fields to keep exists", "", ""},
		{"table", `[{"id": "filterByRefId", "options": {"include": "C"}}]`, "filterByRefId: no query is called C", "", ""},
		{"table", `[{"id": "filterByRefId", "options": {"include": "/A|B/"}}]`, "", "", ""},
		{"one table", `[{"id": "renameByRegex", "options": {"regex": "(.*)ob", "renamePattern": "$1-ob"}}]`, "", "j-ob", "ob"},
		{"one table", `[{"id": "renameByRegex", "options": {"regex": "^z", "renamePattern": "y"}}]`, "renameByRegex: no field has a name that matches ^z", "job", ""},
		{"one table", `[{"id": "sortBy", "options": {"sort": [{"field": "Value"}]}}]`, "", "Value", ""},
		{"one table", `[{"id": "sortBy", "options": {"sort": [{"field": "z"}]}}]`, `sortBy: no field is called "z"`, "Value", ""},
		{"one table", `[{"id": "convertFieldType", "options": {"conversions": [{"targetField": "z"}]}}]`, `convertFieldType: no field is called "z"`, "", ""},
		{"one table", `[{"id": "filterByValue", "options": {"filters": [{"fieldName": "z"}]}}]`, `filterByValue: no field is called "z"`, "", ""},
		{"one table", `[{"id": "groupBy", "options": {"fields": {"job": {"operation": "groupby"}, "Value": {"operation": "aggregate", "aggregations": ["max"]}}}}]`, "", "Value (max)", "Value"},
		{"one table", `[{"id": "groupBy", "options": {"fields": {"z": {"operation": "groupby"}}}}]`, `groupBy: no field is called "z"`, "", "job"},
		{"table", `[{"id": "calculateField", "options": {"alias": "Sum", "mode": "binary", "binary": {"left": "Value #A", "right": "2"}}}]`, "", "Sum", "Other"},
		{"table", `[{"id": "calculateField", "options": {"alias": "Sum", "mode": "binary", "binary": {"left": {"matcher": {"id": "byName", "options": "z"}}, "right": "2"}}}]`, `calculateField: no field is called "z"`, "Sum", ""},
		{"table", `[{"id": "calculateField", "options": {"mode": "binary", "binary": {"left": "z", "right": "2"}}}]`, `calculateField: no field is called "z"`, "anything", ""},
		{"table", `[{"id": "calculateField", "options": {"alias": "z", "mode": "reduceRow", "reduce": {"include": ["z"]}}}]`, `calculateField: no field is called "z"`, "z", ""},
		{"table", `[{"id": "joinByField", "options": {"byField": "instance"}}, {"id": "organize", "options": {"renameByName": {"job 1": "J"}}}]`, "", "job 2", "job 9"},
		{"table", `[{"id": "joinByField", "options": {"byField": "instance"}}, {"id": "organize", "options": {"renameByName": {"job 1": "J", "job 2": "K"}}}]`, "", "K", "job 9"},
		{"table", `[{"id": "organize", "options": {"renameByName": {"job": "instance", "instance": "job"}}}, {"id": "organize", "options": {"renameByName": {"job": "J", "instance": "I"}}}]`, "", "J", "K"},
		{"codes", `[{"id": "organize", "options": {"renameByName": {"500": "Errors"}}}]`, "", "200", "Errors"},
		{"codes", `[{"id": "filterFieldsByName", "options": {"include": {"names": ["500"]}}}]`, "", "", "200"},
		{"codes", `[{"id": "renameByRegex", "options": {"regex": "/^5/", "renamePattern": "E"}}]`, "", "200", "500"},
		{"codes", `[{"id": "labelsToFields"}, {"id": "sortBy", "options": {"sort": [{"field": "500"}]}}]`, `sortBy: no field is called "500"`, "code", "500"},
		{"fixed", `[{"id": "renameByRegex", "options": {"regex": "/^5/", "renamePattern": "E"}}]`, "renameByRegex: no field has a name that matches /^5/", "limit", ""},
		{"series", `[{"id": "seriesToRows"}]`, "", "Metric", "api ok"},
		{"one table", `[{"id": "rowsToFields"}]`, "", "anything", ""},
		{"one table", `[{"id": "organize", "filter": {"id": "byRefId"}, "options": {"renameByName": {"z": "y"}}}]`, "", "anything", ""},
	} {
		b, err := grafana.Read([]byte(`{"panels": [{"transformations": ` + test.transformations + `}]}`))
		if err != nil {
			t.Fatal(test.transformations, err)
		}
		f := NewFields(answers(test.answers))
		got := strings.Join(f.Apply(b.Panels[0].Transformations), "; ")
		if got != test.want {
			t.Errorf("%s, %s: %q, want %q", test.answers, test.transformations, got, test.want)
		}
		if test.has != "" && !f.has(test.has) || test.lacks != "" && f.has(test.lacks) {
			t.Errorf("%s, %s: afterwards %v, want %q and not %q", test.answers, test.transformations, f.list, test.has, test.lacks)
		}
	}
}

func TestLegend(t *testing.T) {
	name, missing := Legend("{{job}} {{ instance }} of {{pod}}", map[string]string{"job": "api", "instance": "a"})
	if name != "api a of " || len(missing) != 1 || missing[0] != "pod" {
		t.Errorf("%q, %q", name, missing)
	}
}
