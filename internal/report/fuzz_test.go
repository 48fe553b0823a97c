package report

import (
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"
)

// seeds are texts that break the one or other format.
func seeds(f *testing.F) {
	for _, text := range []string{"plain", "# like a comment", " space ", "a | b", "a\nb\r\nc", "::error::x", "100%0A", "a:b,c", "]]>", "\x00\xff", "\u2028", "x\n::warning file=a.go::pwned", " ::x", "##[error]x", "\x1b[31m\a\u202e", "\\# x", ""} {
		f.Add(text, text, text)
	}
}

// FuzzBaseline: a recorded finding is known, and no line is unneeded, whatever the names are. Any text is read.
func FuzzBaseline(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, board, panel, query string) {
		findings := []Finding{{Place{Board: board, Panel: panel, Query: query}, "dead", "x"}, {Place{Board: panel}, "legend", "y"}}
		text, _ := baseline("verify", findings)
		if others, known := compare("known.txt", text, findings); len(others) > 0 || known != 2 {
			t.Errorf("%d known, others %v, in\n%s", known, others, text)
		}
		others, known := compare("known.txt", board, findings)
		if n := len(others) + known; n < 2 {
			t.Errorf("%d findings are left", n)
		}
	})
}

// FuzzGitHub: a finding is one line and one command, and GitHub reads back what was written.
func FuzzGitHub(f *testing.F) {
	seeds(f)
	unescape := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	f.Fuzz(func(t *testing.T, file, kind, text string) {
		var out strings.Builder
		r := Report{Command: "verify", Findings: []Finding{{Place{File: file}, Kind(kind), text}}, Sum: text}
		if err := r.GitHub(&out); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		if len(lines) != 3 || lines[2] != "" || strings.ContainsRune(out.String(), '\r') || strings.HasPrefix(lines[1], "::") {
			t.Fatalf("lines %q", lines)
		}
		command, message, ok := strings.Cut(strings.TrimPrefix(lines[0], "::error "), "::")
		properties := strings.Split(command, ",")
		if !ok || len(properties) != 2 {
			t.Fatalf("%q is not one command", lines[0])
		}
		if got := unescape.Replace(strings.TrimPrefix(properties[0], "file=")); got != Shown(file) {
			t.Errorf("file %q, want %q", got, file)
		}
		if got := unescape.Replace(message); got != Shown(text) {
			t.Errorf("text %q, want %q", got, text)
		}
	})
}

// FuzzJUnit: it is XML, and has each text; only what XML cannot hold is replaced.
func FuzzJUnit(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, file, panel, text string) {
		var out strings.Builder
		r := Report{Command: "verify", Findings: []Finding{{Place{File: file, Panel: panel}, "dead", text}}}
		if err := r.JUnit(&out); err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(out.String()) {
			t.Errorf("not UTF-8: %q", &out)
		}
		var read suites
		if err := xml.Unmarshal([]byte(out.String()), &read); err != nil {
			t.Fatalf("%v in\n%s", err, &out)
		}
		if read.Failures != 1 || len(read.Suites) != 1 || len(read.Suites[0].Cases) != 1 {
			t.Fatalf("not one failure:\n%s", &out)
		}
		if got := read.Suites[0].Cases[0].Failure.Message; got != inXML(Shown(text)) {
			t.Errorf("message %q, want %q", got, inXML(Shown(text)))
		}
	})
}

// inXML returns what an attribute can hold of a text.
func inXML(text string) string {
	return strings.Map(func(c rune) rune {
		isChar := c == '\t' || c == '\n' || c == '\r' || 0x20 <= c && c <= 0xD7FF || 0xE000 <= c && c <= 0xFFFD || c >= 0x10000
		if !isChar {
			return utf8.RuneError
		}
		return c
	}, text)
}
