package grafana

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// value returns what encoding/json makes of a text, with numbers as written.
func value(t testing.TB, text []byte) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		t.Fatalf("%v: %.300s", err, text)
	}
	return v
}

// randomValue returns JSON of any shape.
func randomValue(r *rand.Rand, depth int) any {
	texts := []string{"", "a", "böse", "line\nbreak", `"q" \ 'p'`, "# no comment", "true", "12", "<&>", "\u2028", "a: b", "- x", " pad ", "{{v}}"}
	switch n := r.IntN(8); {
	case n < 2 && depth > 0:
		list := make([]any, r.IntN(4))
		for i := range list {
			list[i] = randomValue(r, depth-1)
		}
		return list
	case n < 5 && depth > 0:
		object := map[string]any{}
		for range r.IntN(4) {
			object[texts[r.IntN(len(texts))]] = randomValue(r, depth-1)
		}
		return object
	case n == 5:
		return []json.Number{"0", "-1.50", "1e3", "123456789012345678901234567890"}[r.IntN(4)]
	case n == 6:
		return []any{true, false, nil}[r.IntN(3)]
	}
	return texts[r.IntN(len(texts))]
}

// TestLossless: a board with fields that nobody knows is the same JSON value when it is read and written back, and the
// bytes of each value's span hold that value.
func TestLossless(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 300 {
		text, err := json.MarshalIndent(map[string]any{
			"panels": []any{map[string]any{"type": "stat", "unknown": randomValue(r, 4)}}, "x": randomValue(r, 5),
		}, "", strings.Repeat(" ", i%3))
		if err != nil {
			t.Fatal(err)
		}
		b, err := Read(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := value(t, []byte(b.Node.String())), value(t, text); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s became %s", text, b.Node)
		}
		checkSpans(t, string(text), b.Node)
	}
}

// checkSpans checks that the bytes of each span are the value.
func checkSpans(t *testing.T, text string, n *Node) {
	t.Helper()
	part := text[n.Span().Start:n.Span().End]
	if got, want := value(t, []byte(part)), value(t, []byte(n.String())); !reflect.DeepEqual(got, want) {
		t.Fatalf("%s: the bytes are %s, the value is %s", n.Path(), part, n)
	}
	for _, m := range n.Members() {
		var name string
		if err := json.Unmarshal([]byte(text[m.Span.Start:m.Span.End]), &name); err != nil || name != m.Name {
			t.Fatalf("%s: the key is %s, not %s", n.Path(), text[m.Span.Start:m.Span.End], m.Name)
		}
		checkSpans(t, text, m.Value)
	}
	for _, element := range n.List() {
		checkSpans(t, text, element)
	}
}

// TestLosslessYAML: the same for YAML. A span does not have the indentation of its first line, so it is put back.
func TestLosslessYAML(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		made, err := json.Marshal(map[string]any{"panels": []any{map[string]any{"unknown": randomValue(r, 4)}}, "x": randomValue(r, 5)})
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := yaml.Unmarshal(made, &v); err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		encoder := yaml.NewEncoder(&text)
		encoder.SetIndent(1 + r.IntN(4))
		if err := encoder.Encode(v); err != nil {
			t.Fatal(err)
		}
		b, err := Read(text.Bytes())
		if err != nil {
			t.Fatalf("%v\n%s", err, &text)
		}
		if got := b.Node.String(); !sameYAML(t, text.String(), got) {
			t.Fatalf("%s became %s", &text, got)
		}
		checkYAMLSpans(t, text.String(), b.Node)
	}
}

func sameYAML(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y any
	if err := yaml.Unmarshal([]byte(a), &x); err != nil {
		t.Fatalf("%v in %q", err, a)
	}
	if err := yaml.Unmarshal([]byte(b), &y); err != nil {
		t.Fatalf("%v in %q", err, b)
	}
	return reflect.DeepEqual(x, y)
}

func checkYAMLSpans(t *testing.T, text string, n *Node) {
	t.Helper()
	checkYAMLBytes(t, text, n.Span(), n.Place().Column, n.String())
	for _, m := range n.Members() {
		checkYAMLBytes(t, text, m.Span, 1, string(appendText(nil, m.Name)))
		checkYAMLSpans(t, text, m.Value)
	}
	for _, element := range n.List() {
		checkYAMLSpans(t, text, element)
	}
}

func checkYAMLBytes(t *testing.T, text string, s Span, column int, value string) {
	t.Helper()
	part := strings.Repeat(" ", column-1) + text[s.Start:s.End]
	if strings.IndexAny(text[s.Start:s.End], "|>") == 0 {
		part, value = "\n- "+text[s.Start:s.End], "["+value+"]" // a block is more to the right than what holds it
	}
	if !sameYAML(t, part, value) {
		t.Fatalf("the bytes are %q, the value is %s, in\n%s", part, value, text)
	}
}

// TestPlaces: the bytes and the way of values in YAML that is written by hand.
func TestPlaces(t *testing.T) {
	const text = `# a comment
--- # the board
panels:
- title: &t !!str 'It''s'   # here
  type: stat
  "id": 0x10
  flow: {a: [1, 2 ,], b: "x\ty", c: }
  folded: >-
    one
    two

  text: |2
     spaces
  alias: *t
  plain: two
    lines
  empty:
  list:
    -
    - - nested
schemaVersion: 41
`
	b, err := Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	p := b.Panels[0].Node
	for _, test := range []struct{ path, value, bytes, place string }{
		{"title", `"It's"`, "'It''s'", "4:19"},
		{"type", `"stat"`, "stat", "5:9"},
		{"id", "16", "0x10", "6:9"},
		{"flow", `{"a":[1,2],"b":"x\ty","c":null}`, `{a: [1, 2 ,], b: "x\ty", c: }`, "7:9"},
		{"flow a", `[1,2]`, `[1, 2 ,]`, "7:13"},
		{"flow b", `"x\ty"`, `"x\ty"`, "7:26"},
		{"folded", `"one two"`, ">-\n    one\n    two\n", "8:11"},
		{"text", `" spaces\n"`, "|2\n     spaces\n", "12:9"},
		{"alias", `"It's"`, "*t", "14:10"},
		{"plain", `"two lines"`, "two\n    lines", "15:10"},
		{"empty", "null", "", "17:9"},
		{"list", `[null,["nested"]]`, "-\n    - - nested", "19:5"},
	} {
		n := p.At(strings.Fields(test.path)...)
		got := text[n.Span().Start:n.Span().End]
		if n.String() != test.value || got != test.bytes || n.Place().String() != test.place {
			t.Errorf("%s: %s at %s: %q; want %s at %s: %q", test.path, n, n.Place(), got, test.value, test.place, test.bytes)
		}
		if want := "panels[0]." + strings.ReplaceAll(test.path, " ", "."); n.Path() != want {
			t.Errorf("%s, want %s", n.Path(), want)
		}
	}
}

// TestNumbers: a number is kept as it is written and reads as people write it.
func TestNumbers(t *testing.T) {
	n, err := ParseJSON(`[1.50, 1e3, 12345678901234567890, 1e999, "7", true, {"a": 1, "a": 2}]`)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := n.String(), `[1.50,1e3,12345678901234567890,1e999,"7",true,{"a":1,"a":2}]`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := fmt.Sprint(n.Texts()), "[1.5 1000 12345678901234567000 1e999 7 true ]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if last := n.List()[6]; last.At("a").Int() != 2 || len(last.Members()) != 2 {
		t.Error("of two members with one name, the last counts and both are kept")
	}
	var none *Node
	if none.At("a", "b").Text() != "" || none.Int() != 0 || none.Path() != "" || none.String() != "null" || none.Place().Line != 0 {
		t.Error("a node that is not there has a value")
	}
}

// TestMergeKeys: << puts in what is not there; an alias of aliases does not grow without bound.
func TestMergeKeys(t *testing.T) {
	b, err := Read([]byte("base: &b {type: stat, title: Base}\npanels:\n- <<: *b\n  title: Own\n- <<: [{title: First}, *b]\n"))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"stat Own", "stat First"} {
		if got := b.Panels[i].Type + " " + b.Panels[i].Title; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x]\n"
	for i := range 12 {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 8), ", "))
	}
	if _, err := Read([]byte(bomb + "panels: []\n")); err == nil || !strings.Contains(err.Error(), errCopies.Error()) {
		t.Error(err)
	}
}
