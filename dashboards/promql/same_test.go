package promql_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// A verb means the same with and without modifiers: only the modifiers differ in the text.
func TestModifiersChangeNothingElse(t *testing.T) {
	heapNow, limitNow := board.Value(heap), board.Value(limit)
	other := []any{limitNow}
	for _, c := range []struct {
		modified, plain any
		arguments       []any
		clause          string
	}{
		{heapNow.On("instance", "job"), heapNow, other, " on (instance, job)"},
		{heapNow.Bool(), heapNow, other, " bool"},
		{heapNow.Without(), heapNow, nil, " without () "},
	} {
		typ := reflect.TypeOf(c.modified)
		for i := range typ.NumMethod() {
			name := typ.Method(i).Name
			if name == "GroupLeft" || name == "GroupRight" || name == "Bool" || name == "Pow" {
				continue // no verbs, or not of bytes
			}
			plain := reflect.ValueOf(c.plain).MethodByName(name)
			arguments := argumentsOf(typ.Method(i).Type, c.arguments)
			got, want := text(reflect.ValueOf(c.modified).Method(i), arguments), text(plain, arguments)
			if !strings.Contains(got, c.clause) || strings.ReplaceAll(got, c.clause, "") != strings.ReplaceAll(want, c.clause, "") {
				t.Errorf("%s: %s, and plainly %s", name, got, want)
			}
		}
	}
}

// argumentsOf returns arguments that fit a verb: those given, or a number or a label for its parameter.
func argumentsOf(verb reflect.Type, given []any) []reflect.Value {
	var values []reflect.Value
	for i := 1; i < verb.NumIn(); i++ {
		if len(given) >= i {
			values = append(values, reflect.ValueOf(given[i-1]))
			continue
		}
		value := reflect.ValueOf(metric.Label("n"))
		if verb.In(i).Kind() != reflect.String {
			value = reflect.ValueOf(1).Convert(verb.In(i))
		}
		values = append(values, value)
	}
	return values
}

func text(verb reflect.Value, arguments []reflect.Value) string {
	return verb.Call(arguments)[0].Interface().(promql.Expr).String()
}

// The names that are not PromQL's are few, and the package's doc lists all of them.
func TestOwnNamesAreListed(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	own, words := 0, spoken()
	for _, of := range []any{promql.Scope{}, promql.Range{}, promql.Expr{}, promql.Match{}} {
		typ := reflect.TypeOf(of)
		for i := range typ.NumMethod() {
			method := typ.Method(i)
			if makes := method.Type.Out(0); makes.Kind() != reflect.Struct || makes == reflect.TypeOf(promql.Dimension{}) {
				continue // it returns what is known about an expression
			}
			if words[strings.ToLower(method.Name)] {
				continue
			}
			if own++; !strings.Contains(string(doc), method.Name) {
				t.Errorf("doc.go does not name %T.%s", of, method.Name)
			}
		}
	}
	if own == 0 || own > 25 {
		t.Errorf("%d names of our own are not few", own)
	}
}

// spoken are the verbs that are words of PromQL's.
func spoken() map[string]bool {
	words := map[string]bool{}
	for _, v := range verbs() {
		words[strings.ToLower(v.name)] = true
		words[strings.ReplaceAll(v.word, "_", "")] = true
	}
	return words
}
