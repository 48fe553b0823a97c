package provision

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"gopkg.in/yaml.v3"

	"gaugewright/dashboards"
)

// TestEncodeJSON: what is nil is left out, what is empty is written, and a union is what is set in it.
func TestEncodeJSON(t *testing.T) {
	type part struct {
		Name  string         `json:"name"`
		Value *float64       `json:"value"`
		List  []int          `json:"list,omitempty"`
		Any   any            `json:"any"`
		Table map[string]any `json:"table,omitempty"`
		Zero  string         `json:"zero,omitempty"`
		Plain bool
		Skip  int `json:"-"`
		own   int
	}
	for _, c := range []struct {
		value any
		want  string
	}{
		{part{Name: "<&>", own: 1}, `{"name": "<&>", "Plain": false}`},
		{&part{List: []int{}, Table: map[string]any{}}, `{"name": "", "list": [], "table": {}, "Plain": false}`},
		{part{Value: cog.ToPtr(0.5), List: []int{1, -2}, Any: []any{nil, true}, Table: map[string]any{"b": 1, "a": nil}},
			`{"name": "", "value": 0.5, "list": [1, -2], "any": [null, true], "table": {"b": 1}, "Plain": false}`},
		{dashboard.StringOrMap{String: cog.ToPtr("x")}, `"x"`},
		{dashboard.StringOrMap{Map: map[string]any{"x": uint8(1)}}, `{"x": 1}`},
		{[]any{dashboard.StringOrMap{}, nil}, `[null, null]`},
		{map[string]any{"none": dashboard.StringOrMap{}}, `{}`},
		{struct{ part }{part{Name: "embedded"}}, `{"Plain": false, "name": "embedded"}`},
		{json.RawMessage(`{"b": null, "a": 12345678901234567890}`), `{"a": 12345678901234567890}`},
		{time.Unix(0, 0).UTC(), `"1970-01-01T00:00:00Z"`},
		{[]byte("bytes"), `"Ynl0ZXM="`},
		{map[int]string{1: "one"}, `{"1": "one"}`},
		{[]float64{0, 100, 1e-7, -2.5e22, 0.1}, `[0, 100, 1e-7, -2.5e+22, 0.1]`},
	} {
		text, err := encodeJSON(c.value)
		var want bytes.Buffer
		if err := json.Indent(&want, []byte(c.want), "", "  "); err != nil {
			t.Fatal(err)
		}
		if err != nil || string(text) != want.String()+"\n" {
			t.Errorf("%#v became\n%s%v, want\n%s", c.value, text, err, &want)
		}
	}
	for _, value := range []any{math.NaN(), []any{1, func() {}}, map[string]any{"x": make(chan int)}} {
		if text, err := encodeJSON(value); err == nil {
			t.Errorf("%T became %s", value, text)
		}
	}
}

// TestEncodesAsTheSDK: but for what is nil or empty, a board is what encoding/json makes of it.
func TestEncodesAsTheSDK(t *testing.T) {
	for _, define := range dashboards.All {
		built, err := define(dashboards.App).Build()
		if err != nil {
			t.Fatal(err)
		}
		ours, err := encodeJSON(built)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := json.Marshal(built)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := bare(t, ours), bare(t, theirs); got != want {
			t.Errorf("%s became\n%s\nwant\n%s", *built.Uid, got, want)
		}
	}
}

// bare is JSON with its keys in order, without nulls.
func bare(t *testing.T, text []byte) string {
	t.Helper()
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	dropNulls(tree)
	out, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func dropNulls(tree any) {
	switch tree := tree.(type) {
	case []any:
		for _, item := range tree {
			dropNulls(item)
		}
	case map[string]any:
		for key, item := range tree {
			if item == nil {
				delete(tree, key)
			}
			dropNulls(item)
		}
	}
}

// FuzzText: a text means what it meant, as JSON and as JSON in YAML, and is as easy to read as it can be.
func FuzzText(f *testing.F) {
	for _, text := range []string{`rate(x[5m]) < 2 and y > 1 & z`, `\u003c`, `\\u003c<`, `\`, `"`, "\u2028<\x00>\x7f", "<\\", "",
		"\ufeff\u0085\u009f\uffff\ufffe\U0001f600é", "\xff\xc3", "a\tb\nc\r\b\f: # - |"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := strings.ToValidUTF8(text, "")
		if want != text {
			want = string([]rune(text))
		}
		encoded, err := encodeJSON(map[string]string{"text": text})
		if err != nil {
			t.Fatal(err)
		}
		var object struct{ Data map[string]string }
		manifest := literal("a.json", encoded).appendTo([]byte("kind: ConfigMap\n"))
		if err := yaml.Unmarshal(manifest, &object); err != nil || object.Data["a.json"] != string(encoded) {
			t.Fatalf("%q in YAML: %q, %v", encoded, object.Data, err)
		}
		var decoded map[string]string
		if err := json.Unmarshal(encoded, &decoded); err != nil || decoded["text"] != want {
			t.Fatalf("%q became %q, %v", text, encoded, err)
		}
		for _, c := range "<>&" {
			if strings.Count(string(encoded), string(c)) != strings.Count(text, string(c)) {
				t.Errorf("%q: %c is escaped", encoded, c)
			}
		}
	})
}
