// Package reporttest has texts that attack whoever prints them, and looks for what they do in what a command printed. It is
// for the tests of commands.
package reporttest

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Hostile is a text of somebody else that is not only text: for a terminal (a title, a color, in 7 and 8 bits), for whoever
// reads (a direction), for a workflow (both forms of its commands), and for Markdown and HTML.
const Hostile = "a\x1b]0;pwned\a\x1b[31m\u009b31m\u202ed\u2028e\n::error file=a.go::pwned\r::warning::pwned\n ##[error]pwned\n" +
	"![x](http://evil.example/x.png) [y](http://evil.example) @octocat <img src=x> | `b` ~~~"

// FileName is such a text as the name of a file, without its end.
const FileName = "a\x1b[31m\u202e\n::error::pwned\n##[error] ![x](http:evil.example) @octocat <img src=x> `b"

// InJSON is Hostile as JSON and YAML write it between quotes.
func InJSON() string {
	var text strings.Builder
	for _, r := range Hostile {
		switch {
		case r == '"' || r == '\\':
			text.WriteString(`\` + string(r))
		case r < ' ' || r > '~':
			fmt.Fprintf(&text, `\u%04x`, r)
		default:
			text.WriteRune(r)
		}
	}
	return text.String()
}

// Safe fails the test if what a command printed is more than text in a format: text, json, markdown, github, junit, or another
// that is printed as text is; errors are text. It fails too if nothing of a hostile text was printed: then it shows nothing.
func Safe(t *testing.T, format, stdout, stderr string) {
	t.Helper()
	safe(t, format, stdout)
	safe(t, "errors", stderr)
	if !strings.Contains(stdout+stderr, "pwned") {
		t.Errorf("%s: nothing of the hostile text is printed:\n%s%s", format, stdout, stderr)
	}
}

func safe(t *testing.T, format, printed string) {
	t.Helper()
	if !utf8.ValidString(printed) {
		t.Errorf("%s: not UTF-8: %q", format, printed)
	}
	for line := range strings.Lines(printed) {
		line = strings.TrimSuffix(line, "\n")
		for _, r := range line {
			if r != '\t' && unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control) {
				t.Errorf("%s: %U is printed: %q", format, r, line)
				break
			}
		}
		isOwn := format == "github" && own.MatchString(line)
		if strings.HasPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::") && !isOwn || strings.Contains(line, "##[") {
			t.Errorf("%s: a workflow's command is printed: %q", format, line)
		}
	}
	if format == "markdown" {
		if found := live.FindString(asText.ReplaceAllString(printed, "")); found != "" {
			t.Errorf("%s: %q is live in\n%s", format, found, printed)
		}
	}
}

// own is a line of the format github: an annotation, whose file is not one that the text made up.
var own = regexp.MustCompile(`^::(error|warning|notice) file=[^:]*::`)

// asText is what Markdown takes for text: blocks and spans of code, and what follows a backslash.
var asText = regexp.MustCompile("(?s)\n```.*?\n```|<code>.*?</code>|```.*?```|``.*?``|`[^`\n]*`|\\\\.")

var live = regexp.MustCompile(`!\[|\]\(|<img|@octocat|://evil`)
