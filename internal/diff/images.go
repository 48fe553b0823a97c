package diff

import (
	"net/url"
	"path"
	"regexp"
	"strings"
)

// Pictures are the pictures of one side's boards: NAME.svg for the board in NAME.json.
type Pictures struct {
	Address string          // what stands before a picture's name in its address
	Names   map[string]bool // of the files that are there
}

// Show puts the boards' pictures into the Markdown, by their addresses. A picture that is not there is not shown.
func (r *Result) Show(base, head Pictures) {
	for i := range r.Sections {
		s := &r.Sections[i]
		s.seen = [2]string{base.of(s.old), head.of(s.new)}
	}
}

// of returns the address of a board's picture, or nothing.
func (p Pictures) of(board *part) string {
	if board == nil || board.kind != aBoard {
		return ""
	}
	name := strings.TrimSuffix(path.Base(board.source.path), path.Ext(board.source.path)) + ".svg"
	if !p.Names[name] {
		return ""
	}
	if address := p.Address + plain(url.PathEscape(name)); IsAddress(address) {
		return address
	}
	return ""
}

// plain escapes what an address may have as it is, but Markdown not.
var plain = strings.NewReplacer("(", "%28", ")", "%29", "*", "%2A", "_", "%5F", "~", "%7E", "!", "%21", "'", "%27", "&", "%26", "@", "%40", "$", "%24").Replace

// address is what has no letter that means something in Markdown or HTML.
var address = regexp.MustCompile(`^https?://[\w.-]+(:\d+)?/[\w./%?=:,+-]*$`)

// IsAddress reports whether a text is an address of the web that is safe to stand in Markdown.
func IsAddress(text string) bool {
	_, err := url.Parse(text)
	return err == nil && address.MatchString(text)
}

// images writes the board's pictures, before and after.
func (s Section) images() string {
	var heads, lines, cells []string
	for i, when := range []string{"before", "after"} {
		if s.seen[i] != "" {
			heads, lines, cells = append(heads, when), append(lines, "---"), append(cells, "!["+when+"]("+s.seen[i]+")")
		}
	}
	if len(heads) == 0 {
		return ""
	}
	row := func(cells []string) string { return "| " + strings.Join(cells, " | ") + " |\n" }
	return "\n" + row(heads) + row(lines) + row(cells)
}
