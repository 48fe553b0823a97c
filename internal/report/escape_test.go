package report

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// TestShown: what is written of a text that says something to a terminal, a workflow, or Markdown.
func TestShown(t *testing.T) {
	for text, want := range map[string]struct{ line, markdown string }{
		"Größe 日本 👩‍🚀 a::b":    {"Größe 日本 👩‍🚀 a::b", "Größe 日本 👩‍🚀 a::b"},
		"a\nb\r\tc":            {`a\nb\r\tc`, `a\\nb\\r\\tc`},
		"\x1b[31m\a\x7f":       {`\x1b[31m\a\x7f`, `\\x1b\[31m\\a\\x7f`},
		"\u202ea\u2066b\u200f": {`\u202ea\u2066b\u200f`, `\\u202ea\\u2066b\\u200f`},
		"a\u2028b\u0085":       {`a\u2028b\u0085`, `a\\u2028b\\u0085`},
		"\xff":                 {`\xff`, `\\xff`},
		"::error::x":           {`\u003a:error::x`, `\\u003a:error::x`},
		" \u00a0::error::x":    {" \u00a0" + `\u003a:error::x`, " \u00a0" + `\\u003a:error::x`},
		"x ##[add-path]y":      {`x \u0023#[add-path]y`, `x \\u0023\#&#8203;\[add-path\]y`},
		"![a](http://b.c)":     {"![a](http://b.c)", `\!\[a\](http&#58;//b.c)`},
		`\[a](b)`:              {`\[a](b)`, `\\\[a\](b)`},
		"*a* _b_ ~~c~~ `d`":    {"*a* _b_ ~~c~~ `d`", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\`d\\`"},
		"@me #1 <b> &lt; a|b":  {"@me #1 <b> &lt; a|b", `@&#8203;me \#&#8203;1 &lt;b> &amp;lt; a\|b`},
		"www.a.b":              {"www.a.b", "www&#46;a.b"},
	} {
		if got := Shown(text); got != want.line {
			t.Errorf("%q\n got %s\nwant %s", text, got, want.line)
		}
		if got := Shown(want.line); got != want.line {
			t.Errorf("%s is escaped again: %s", want.line, got)
		}
		if got := markdown(text); got != want.markdown {
			t.Errorf("%q in Markdown\n got %s\nwant %s", text, got, want.markdown)
		}
	}
}

// escapes are what a backslash makes text.
var escapes = regexp.MustCompile(`\\.`)

// FuzzFormats: whatever the names are, each format has as many lines as without them, nothing harmful, and no command of
// a workflow but its own.
func FuzzFormats(f *testing.F) {
	seeds(f)
	f.Add("x\n::warning file=a.go::pwned\n0 findings", "[a](http://b)", "![a](b)")
	f.Add(":", ":", "##[error]")
	f.Fuzz(func(t *testing.T, file, title, text string) {
		named := func(file, title, text string) Report {
			at := Place{File: file, Board: title, Panel: title, Query: title}
			return Report{
				Command: "verify", Sum: text, Lines: []string{text}, Verbose: true, Cases: []Case{{Place: at, Skipped: text}},
				Findings: []Finding{{at, "dead", text}}, Notes: []Finding{{Place: at, Text: text}}, Errors: []Finding{{at, NotRead, text}},
			}
		}
		plain, foreign := written(t, named("f", "t", "x")), written(t, named(file, title, text))
		for format, got := range foreign {
			if want := strings.Count(plain[format], "\n"); strings.Count(got, "\n") != want && format != "json" { // JSON leaves out what is empty
				t.Errorf("%s: not %d lines: %q", format, want, got)
			}
			for line := range strings.Lines(got) {
				line = strings.TrimSuffix(line, "\n")
				if i := strings.IndexFunc(line, isHarmful); i >= 0 {
					t.Errorf("%s: harmful: %q", format, line[i:])
				}
				isOwn := format == "github" && regexp.MustCompile(`^::(error|notice) file=`).MatchString(line)
				if strings.HasPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::") && !isOwn {
					t.Errorf("%s: a command: %q", format, line)
				}
			}
		}
		for _, row := range strings.Split(foreign["markdown"], "\n")[4:6] {
			bare := escapes.ReplaceAllString(row, "x") // not nothing: what stands around would become neighbours
			if strings.ContainsAny(bare, "[]!*_~`<") || strings.Contains(bare, "://") || strings.Count(bare, "|") != 7 {
				t.Errorf("markup is live: %s", row)
			}
		}
		var read []Finding
		if err := json.Unmarshal([]byte(foreign["json"]), &read); err != nil || read[0].Text != string([]rune(text)) {
			t.Errorf("%v, %q, want %q", err, read, text)
		}
	})
}

// written returns a report in every format, and its baseline.
func written(t *testing.T, r Report) map[string]string {
	all := map[string]string{}
	all["baseline"], _ = baseline("verify", r.Findings)
	for _, format := range Formats {
		w := &strings.Builder{}
		if err := r.Write(w, format, r.Findings); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		all[format] = w.String()
	}
	return all
}
