package diff

import (
	"html"
	"strings"
	"unicode"
)

// code writes a foreign text as code in a line of Markdown, where nothing in it is markup, a mention or a link.
func code(text string) string { return asCode(shown(text)) }

// codeFound does so with a text of a finding.
func codeFound(text string) string { return asCode(shownFound(text)) }

// asCode writes a line as code.
func asCode(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return "(blank)"
	}
	fence := strings.Repeat("`", longestRun(text, '`')+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + text + fence
}

// cell writes a foreign text as code in a cell of a table.
func cell(text string) string { return strings.ReplaceAll(code(text), "|", `\|`) }

// htmlCode writes a foreign text as code within HTML.
func htmlCode(text string) string { return "<code>" + html.EscapeString(shown(text)) + "</code>" }

// fenced writes lines as a block of code. The fence is longer than any in the lines.
func fenced(language string, lines ...string) string {
	text := strings.Join(lines, "\n")
	fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	return fence + language + "\n" + text + "\n" + fence + "\n"
}

func longestRun(text string, of rune) int {
	longest, run := 0, 0
	for _, r := range text {
		if run++; r != of {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

// harmless are signs that look like those that mean something in Mermaid, Markdown or HTML.
var harmless = map[rune]rune{
	'"': '”', '\'': '’', '`': '’', '<': '‹', '>': '›', '&': '+', '#': '♯', ';': ',', '\\': '/', '{': '(', '}': ')', '[': '(', ']': ')',
	'|': '¦', '*': '∗', '_': 'ˍ', '~': '∼',
}

// label writes a foreign text as a label of a Mermaid diagram, where it is nothing but text.
func label(text string, most int) string {
	var out []rune
	runes := []rune(short(oneLine(text), most))
	for i, r := range runes {
		if other, ok := harmless[r]; ok {
			r = other
		}
		if r == ':' && i+1 < len(runes) && runes[i+1] != ' ' { // fa:fa-ban is an icon
			r = '∶'
		}
		if (r == '%' || r == '$') && len(out) > 0 && out[len(out)-1] == r { // %%{ is a directive, $$ begins a formula
			continue
		}
		if r == ' ' || unicode.In(r, unicode.Letter, unicode.Number, unicode.So) || strings.ContainsRune(signsInLabels, r) {
			out = append(out, r)
		}
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// signsInLabels mean nothing in Mermaid.
const signsInLabels = ".,:()/-+?!=…”’‹›♯¦∗∼→∶%$@"
