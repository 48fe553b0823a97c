package query

import (
	"fmt"
	"regexp"
	"strings"
)

// The escaped characters are those of Grafana's packages/grafana-prometheus/src/escaping.ts; for the format regex,
// those of escapeRegex in grafana-data; for html, those of its escapeHtml.
var (
	promQLEscaper      = strings.NewReplacer(`\`, `\\`, `'`, `\\'`)
	promQLRegexEscaper = escaper(`$^*{}[]+?.()|`, `\\`, `\`, `\\\\`)
	regexEscaper       = escaper(`\^$*+?.()|[]{}/`, `\`)
	htmlEscaper        = strings.NewReplacer(`&`, "&amp;", `<`, "&lt;", `>`, "&gt;", `'`, "&#39;", `"`, "&quot;")
	luceneEscaper      = escaper("!*+-=<> \t\n\r&|()[]{}^~?:\\/\"", `\`)
)

// escaper returns a replacer that puts a prefix before each of the characters; pairs are further replacements.
func escaper(signs, prefix string, pairs ...string) *strings.Replacer {
	for _, sign := range signs {
		pairs = append(pairs, string(sign), prefix+string(sign))
	}
	return strings.NewReplacer(pairs...)
}

// jsNumber matches what JavaScript converts to a number; Grafana leaves that unescaped for Lucene.
var jsNumber = regexp.MustCompile(`^\s*([+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|Infinity)|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)?\s*$`)

func luceneEscaped(value string) string {
	if jsNumber.MatchString(value) {
		return value
	}
	return luceneEscaper.Replace(value)
}

func (v Value) lucene() string {
	if !v.isList() {
		return luceneEscaped(strings.Join(v.Values, ","))
	}
	if len(v.Values) == 0 {
		return "__empty__"
	}
	all := make([]string, len(v.Values))
	for i, value := range v.Values {
		all[i] = `"` + luceneEscaped(value) + `"`
	}
	return "(" + strings.Join(all, " OR ") + ")"
}

// uriSigns are the characters that a URI may hold unencoded, besides those that percentEncoded always leaves.
const uriSigns = ";,/?:@&=+$#"

// percentEncoded encodes every byte that is not a letter, a digit, or one of -_.~ and the other signs.
func percentEncoded(text, signs string) string {
	var out strings.Builder
	for i := range len(text) {
		c := text[i]
		plain := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if plain || strings.IndexByte("-_.~"+signs, c) >= 0 {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}

// queryParameters writes the value as Grafana's own address has it. It encodes less than other formats do, in a way
// that differs between versions; a value that would be encoded is not judged.
func (v Value) queryParameters(name string) (string, error) {
	values := v.Values
	if v.All {
		values = []string{"$__all"}
	}
	var all []string
	for _, value := range values {
		if !v.All && percentEncoded(value, "") != value {
			return "", notJudged("how queryparam encodes %q is not known here", value)
		}
		all = append(all, "var-"+name+"="+value)
	}
	return strings.Join(all, "&"), nil
}

// customParameters writes name=value for each value; the arguments may give another name, and a prefix of the values.
func (v Value) customParameters(name, arguments string) string {
	other, prefix, _ := strings.Cut(arguments, ":")
	if other != "" {
		name = other
	}
	prefix, _, _ = strings.Cut(prefix, ":")
	var all []string
	for _, value := range v.Values {
		all = append(all, percentEncoded(name, "")+"="+percentEncoded(prefix, "")+percentEncoded(value, ""))
	}
	return strings.Join(all, "&")
}
