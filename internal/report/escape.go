package report

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text from a board or a server may hold anything. What is printed of it stays on its line, says nothing to a terminal
// or a workflow, and does not turn around what stands beside it.

// Shown writes a text as a line, or a part of one, that a terminal and a workflow's log can show as it is. Control
// characters, ends of lines, signs that change the direction, and bytes that are not UTF-8 are written as in Go: \n,
// \u202e, \xff. So is what would make the line a command of a workflow.
func Shown(text string) string {
	out := &strings.Builder{}
	for rest := text; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(out, `\x%02x`, rest[0])
		case isHarmful(r):
			out.WriteString(strings.Trim(fmt.Sprintf("%+q", r), "'"))
		default:
			out.WriteRune(r)
		}
		rest = rest[size:]
	}
	return NoCommand(out.String())
}

// NoCommand writes a line so that the log of a workflow does not take it, or a part of it, for a command.
func NoCommand(line string) string {
	return command.ReplaceAllStringFunc(line, func(found string) string {
		first := strings.TrimLeftFunc(found, unicode.IsSpace)[0]
		return strings.Replace(found, string(first), fmt.Sprintf(`\u%04x`, first), 1)
	})
}

// command finds the beginning of a workflow's command: "::" after space at the beginning, or "##[" anywhere.
// https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
var command = regexp.MustCompile(`^[\s\p{Z}]*::|##\[`)

// ShownLines writes a text of several lines, each as Shown does.
func ShownLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = Shown(line)
	}
	return strings.Join(lines, "\n")
}

// isHarmful reports whether a sign ends a line, changes the direction of others, or tells a terminal something.
func isHarmful(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}

// inMarkdown escapes what Markdown, HTML, or a code host would not take for text: a table, emphasis, a link, an image, a
// mention, the number of an issue.
var inMarkdown = strings.NewReplacer(`\`, `\\`, "|", `\|`, "`", "\\`", "*", `\*`, "_", `\_`, "~", `\~`, "[", `\[`, "]", `\]`, "!", `\!`,
	"&", "&amp;", "<", "&lt;", "@", "@&#8203;", "#", `\#&#8203;`, "://", "&#58;//", "www.", "www&#46;", "WWW.", "WWW&#46;")

// markdown writes a text in a line of Markdown, where it is nothing but text.
func markdown(text string) string { return inMarkdown.Replace(Shown(text)) }
