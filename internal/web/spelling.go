package web

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Replacer replaces secrets by xxxxx, as net/url does, however they are spelled.
type Replacer []*regexp.Regexp

// Replace returns the text without the secrets.
func (r Replacer) Replace(text string) string {
	for _, secret := range r {
		text = secret.ReplaceAllLiteralString(text, "xxxxx")
	}
	return text
}

// WriteString writes the text without the secrets.
func (r Replacer) WriteString(out io.Writer, text string) (int, error) {
	return io.WriteString(out, r.Replace(text))
}

// longestSpelled is how many bytes a secret has at most that is found in other spellings. A longer one would be a huge
// expression, and no server repeats it.
const longestSpelled = 16 << 10

// spelled matches a text as it is, and as it is written in a URL, JSON, HTML, Markdown and a workflow's commands, also in one
// of them within another. Programs agree on letters and digits, but not on which other signs they escape.
func spelled(text string) *regexp.Regexp {
	if len(text) > longestSpelled {
		return regexp.MustCompile(regexp.QuoteMeta(text))
	}
	out := &strings.Builder{}
	for _, r := range text {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(out, "(?:%s)", strings.Join(spellings(r), "|"))
		}
	}
	return regexp.MustCompile(out.String())
}

const (
	invisible = `(?:&#8203;)?`            // our Markdown has it behind some signs
	ampersand = `(?:&|\\+u0026)(?:amp;)*` // of an escape in HTML
)

// spellings returns expressions for how a sign is written.
func spellings(r rune) []string {
	inURL, inJSON := "", ""
	for _, b := range []byte(string(r)) {
		inURL += fmt.Sprintf(`%%(?:25)*(?i:%02x)`, b)
	}
	for _, unit := range utf16.Encode([]rune{r}) {
		inJSON += fmt.Sprintf(`\\+u(?i:%04x)`, unit)
	}
	inHTML := fmt.Sprintf(`%s\\?#%s(?:0*%d|(?i:x0*%x));`, ampersand, invisible, r, r)
	all := []string{`\\*` + regexp.QuoteMeta(string(r)) + invisible, inURL, inJSON, inHTML}
	if name, ok := named[r]; ok {
		all = append(all, ampersand+name+";")
	}
	if r == ' ' {
		all = append(all, `\+`) // in a URL
	}
	if unicode.IsControl(r) {
		quoted := strings.Trim(strconv.QuoteToASCII(string(r)), `"\`) // the n of \n
		all = append(all, `\\+`+regexp.QuoteMeta(quoted))
	}
	return all
}

// named are the signs that have a name in HTML which programs use.
var named = map[rune]string{'<': "lt", '>': "gt", '&': "amp", '"': "quot", '\'': "apos"}
