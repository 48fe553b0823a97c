package draw

import (
	"html"
	"regexp"
	"strings"
)

var (
	tag       = regexp.MustCompile(`(?s)<(/?[a-zA-Z][^<>]*|!--.*?--)>`)
	invisible = regexp.MustCompile(`(?is)<(script|style)\b.*?(</(script|style)\s*>|$)`)
	imaged    = regexp.MustCompile(`(?i)<img\b[^<>]*?\balt=["']([^"'<>]+)["'][^<>]*>`)
	strong    = regexp.MustCompile(`(?i)<(?:b|strong)\b[^<>]*>([^<>\n]+)</(?:b|strong)\s*>`)
	htmlTitle = regexp.MustCompile(`(?i)\s*<h([1-6])\b[^<>]*>\s*`)
	htmlItem  = regexp.MustCompile(`(?i)\s*<li\b[^<>]*>\s*`)
	cell      = regexp.MustCompile(`(?i)</t[dh]\s*>`)
	breaks    = regexp.MustCompile(`(?i)\s*<(br|/?p|/?div|/h[1-6]|/li|/?tr|/?ul|/?ol|/?table|hr|/?pre)\b[^<>]*>\s*`)
)

// strip takes the tags of HTML away. What Markdown has, too, is then written as in Markdown.
func strip(text string) string {
	text = invisible.ReplaceAllString(text, "")
	text = imaged.ReplaceAllString(text, "$1")
	text = strong.ReplaceAllString(text, "**$1**")
	text = htmlTitle.ReplaceAllStringFunc(text, func(tag string) string {
		return "\n\n" + strings.Repeat("#", int(htmlTitle.FindStringSubmatch(tag)[1][0]-'0')) + " "
	})
	text = htmlItem.ReplaceAllString(text, "\n- ")
	text = cell.ReplaceAllString(text, " ")
	text = breaks.ReplaceAllString(text, "\n\n")
	return html.UnescapeString(tag.ReplaceAllString(text, ""))
}
