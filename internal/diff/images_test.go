package diff

import (
	"strings"
	"testing"
)

// TestImages: a board's pictures are shown where they are there, by addresses that nothing in a file's name breaks out of.
func TestImages(t *testing.T) {
	const base, head = "https://host.test/raw/1/", "https://host.test/raw/2/"
	for _, c := range []struct {
		name, old, new string // files of the board
		before, after  []string
		want           string
	}{
		{"both", "go-http.json", "go-http.json", []string{"go-http.svg"}, []string{"go-http.svg"},
			"| before | after |\n| --- | --- |\n| ![before](" + base + "go-http.svg) | ![after](" + head + "go-http.svg) |\n"},
		{"renamed file", "boards/a.json", "b.json", []string{"a.svg"}, []string{"b.svg"},
			"| before | after |\n| --- | --- |\n| ![before](" + base + "a.svg) | ![after](" + head + "b.svg) |\n"},
		{"only head", "a.json", "a.json", nil, []string{"a.svg"}, "| after |\n| --- |\n| ![after](" + head + "a.svg) |\n"},
		{"none", "a.json", "a.json", []string{"b.svg"}, nil, ""},
		{"hostile", `x)_](y "<b>&@z.json`, `x)_](y "<b>&@z.json`, []string{`x)_](y "<b>&@z.svg`}, nil, "| before |\n| --- |\n"},
	} {
		r := Compare([]File{{Path: c.old, Data: []byte(`{"uid":"u","title":"A","panels":[]}`)}}, []File{{Path: c.new, Data: []byte(`{"uid":"u","title":"B","panels":[]}`)}})
		names := func(all []string) map[string]bool {
			set := map[string]bool{}
			for _, name := range all {
				set[name] = true
			}
			return set
		}
		r.Show(Pictures{base, names(c.before)}, Pictures{head, names(c.after)})
		out := &strings.Builder{}
		if err := r.Markdown(out); err != nil {
			t.Fatal(err)
		}
		got := ""
		if i := strings.Index(out.String(), "\n| "); i >= 0 {
			got = strings.TrimSuffix(out.String()[i+1:], "\n</details>\n")
		}
		if c.name == "hostile" {
			got, _, _ = strings.Cut(got, "| !")
		}
		if got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestIsAddress(t *testing.T) {
	for text, want := range map[string]bool{
		"https://github.com/o/r/raw/0a1b/": true, "http://localhost:3000/": true, "https://h.test/raw?ref=a/": true,
		"": false, "javascript:alert(1)": false, "ftp://h/": false, "https://h/)![x](": false, "https://h/<b>": false,
		"https://user:word@h/": false, "//h/": false, "https://h": false, "https://h/ x": false, "https://h/%zz": false,
	} {
		if got := IsAddress(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
