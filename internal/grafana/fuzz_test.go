package grafana

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"gopkg.in/yaml.v3"
)

// FuzzBoard: any file is a board or an error. Every value of a board has a place within the file and a way to it that
// leads back, and writing the board and reading it again gives the same JSON.
func FuzzBoard(f *testing.F) {
	for _, path := range boardPaths(f) {
		f.Add(readFile(f, path))
	}
	seedForms(f, ".json")
	f.Add([]byte(`{"rows": [{"panels": [{"targets": [{"expr": 1}], "span": 1e99}], "height": "x"}]}`))
	f.Add([]byte(`{"panels": [{"type": "row", "panels": [{"type": "row", "panels": [{"type": "row"}]}]}]}`))
	f.Add([]byte(`{"elements": {"a": {}}, "layout": {"kind": "RowsLayout", "spec": {"rows": [{"spec": {"layout": {"spec": {"items": [{"spec": {"element": {"name": "a"}}}]}}}}]}}}`))
	f.Fuzz(checkBoards)
}

// FuzzBoardYAML is FuzzBoard for YAML.
func FuzzBoardYAML(f *testing.F) {
	seedForms(f, ".yaml")
	f.Add([]byte("a: &a [*a]\npanels: []\n"))
	f.Add([]byte("<<: {panels: []}\n? [x]\n: y\n"))
	f.Add([]byte("panels: !!binary |\n  aGVsbG8=\n--- |\n text\n...\n%YAML 1.1\n---\n? a\n"))
	f.Add([]byte("panels: []\nx: 0x1F\ny: .inf\nz: 1_000\nd: 2001-01-01\nn: ~\nt: \"\\x41\\u0042\\\n  c\"\nu: 'a\n\n  b'\n"))
	f.Fuzz(checkBoards)
}

func seedForms(f *testing.F, suffix string) {
	archive, err := txtar.ParseFile("testdata/forms.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		if strings.HasSuffix(file.Name, suffix) {
			f.Add(file.Data)
		}
	}
}

func checkBoards(t *testing.T, data []byte) {
	boards, errs := ReadAll(data)
	if len(boards) == 0 && len(errs) == 0 {
		t.Fatal("neither a board nor an error")
	}
	for _, b := range boards {
		checkTree(t, len(data), b.Document)
		text := b.Node.String()
		again, err := ParseJSON(text)
		if err != nil || again.String() != text {
			t.Fatalf("%v: %s", err, text)
		}
		for _, p := range b.Panels {
			b.For(p)
			for _, target := range p.Targets {
				if target.RefID == "" || !target.Instant && !target.Range || target.Factor < 1 {
					t.Errorf("%+v", target)
				}
			}
		}
		dump(b)
	}
}

func checkTree(t *testing.T, size int, n *Node) {
	if s := n.Span(); s.Start < 0 || s.Start > s.End || s.End > size {
		t.Fatalf("%s: %v of %d bytes", n.Path(), s, size)
	}
	if n.Place().Line < 1 || n.Place().Column < 1 {
		t.Fatalf("%s: %v", n.Path(), n.Place())
	}
	for _, m := range n.Members() {
		if m.Value.Parent() != n || m.Span.Start > m.Span.End || m.Span.End > size {
			t.Fatalf("%s: %v", m.Value.Path(), m)
		}
		checkTree(t, size, m.Value)
	}
	for _, element := range n.List() {
		checkTree(t, size, element)
	}
}

// FuzzJSON: the parser takes what encoding/json takes and gives the same value.
func FuzzJSON(f *testing.F) {
	for _, text := range []string{`{"a": [1, -0.5e+3, true, null, "\ud83d\ude00\ud800x\n"]}`, `[1 2]`, `{"a"}`, `01`, "\"\xff\"", `{"a":1,"a":2}`, `""x`, `-`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := ParseJSON(string(data))
		if isValid := json.Valid(data); isValid != (err == nil) {
			if isValid && bytes.Count(data, []byte("["))+bytes.Count(data, []byte("{")) > maxDepth {
				return
			}
			t.Fatalf("%q: %v, valid: %v", data, err, isValid)
		}
		if err == nil && !reflect.DeepEqual(value(t, data), value(t, []byte(n.String()))) {
			t.Fatalf("%q became %s", data, n)
		}
	})
}

// checkScalars checks that the bytes of each scalar on one line are its value.
func checkScalars(t *testing.T, text string, n *Node) {
	for child := range n.children {
		checkScalars(t, text, child)
	}
	part := text[n.Span().Start:n.Span().End]
	if n.Syntax() != YAML || n.Kind() != String || strings.ContainsAny(part, "\r\n\u0085\u2028\u2029*") {
		return
	}
	for _, form := range []string{"- %s", "[%s]"} { // 0: is a text in the second only
		var list []string
		err := yaml.Unmarshal(fmt.Appendf(nil, form, part), &list)
		if err == nil && len(list) == 1 && list[0] == n.Text() {
			return
		}
	}
	t.Fatalf("%q: the bytes are %q, the value is %s", text, part, n)
}

// FuzzYAML: a text without tags of its own has the value that the YAML library gives it.
func FuzzYAML(f *testing.F) {
	for _, text := range []string{"a: 1\nb: [x, 'y', \"z\"]\n", "- a\n- - b\n", "a: |\n  x\n\n y: >\n", "{a: b, c: [d, ]}", "? a\n: b", "a: &x 1\nb: *x", "\u00a0", "[0:,]"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := &file{text: string(data)}
		n, err := parseYAML(file, file.text, 0)
		var v any
		if err != nil || n == nil || bytes.ContainsAny(data, "!") || yaml.Unmarshal(data, &v) != nil {
			return
		}
		checkTree(t, len(data), n)
		checkScalars(t, file.text, n)
		want, err := json.Marshal(v)
		if err != nil {
			return // JSON has no form for it
		}
		var again any
		if err := json.Unmarshal([]byte(n.String()), &again); err != nil {
			t.Fatalf("%v: %s", err, n)
		}
		got, err := json.Marshal(again)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) && !strings.ContainsAny(string(data), "0123456789") { // numbers and times are kept as written
			t.Fatalf("%q: got %s, want %s", data, got, want)
		}
	})
}
