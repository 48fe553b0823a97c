package provision

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// shown writes lines that name what somebody else made, such as a foreign file: nothing in them speaks to a terminal, changes
// the direction of the writing, or is a command in the log of a workflow.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
func shown(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = strings.ReplaceAll(printable(line), "##[", `#\x23[`)
		if bare := strings.TrimLeft(line, " "); strings.HasPrefix(bare, "::") {
			line = line[:len(line)-len(bare)] + `\x3a` + bare[1:]
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// oneLine writes the name of a file, which may have several lines, as shown does.
func oneLine(name string) string { return shown(strings.ReplaceAll(name, "\n", `\n`)) }

// printable writes as in Go what is not to be seen as it is.
func printable(line string) string {
	var out strings.Builder
	for len(line) > 0 {
		r, size := utf8.DecodeRuneInString(line)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&out, `\x%02x`, line[0])
		case strconv.IsPrint(r):
			out.WriteRune(r)
		default:
			out.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		}
		line = line[size:]
	}
	return out.String()
}
