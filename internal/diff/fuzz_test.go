package diff

import (
	"io"
	"testing"
)

// FuzzCompare: no two files make it panic, and a file does not differ from itself.
func FuzzCompare(f *testing.F) {
	board := public(f, 1)
	f.Add(board, public(f, 2))
	f.Add(board, toV2(f, board))
	f.Add([]byte(`{"panels":[{"targets":[null,1,{"refId":{}}],"fieldConfig":[],"gridPos":{"x":-1,"w":1e99}}]}`), []byte(`{"panels":[[]],"templating":{"list":[{"name":"a"},{"name":"a"}]}}`))
	f.Add([]byte(`{"rows":[{"panels":[{"span":-3}]}]}`), []byte(`{"elements":{"a":{}},"layout":{"kind":"TabsLayout","spec":{"tabs":[{}]}}}`))
	f.Add([]byte("groups:\n- name: a\n  rules: [{alert: x, expr: up}]\n"), []byte("groups:\n- rules: [1, {record: x}]\n"))
	f.Fuzz(func(t *testing.T, old, new []byte) {
		for _, name := range []string{"a.json", "a.yml"} {
			r := Compare([]File{{Path: name, Data: old}}, []File{{Path: name, Data: new}})
			for _, write := range []func(io.Writer) error{r.Markdown, r.GitHub, func(out io.Writer) error { return r.Text(out, true) }} {
				if err := write(io.Discard); err != nil {
					t.Fatal(err)
				}
			}
			if same := Compare([]File{{Path: name, Data: old}}, []File{{Path: name, Data: append(old[:len(old):len(old)], '\n')}}); len(same.Sections) > 0 && len(same.Errors) == 0 {
				t.Errorf("a board differs from itself: %s", told(same))
			}
		}
	})
}
