package view

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/dlclark/regexp2"
)

// pattern is a regular expression that Grafana runs in the browser. JavaScript has look-around and back references,
// which Go's engine lacks, so another engine runs it.
type pattern struct {
	regex    *regexp2.Regexp
	names    map[string]int // the numbers of the groups with names
	isGlobal bool           // it applies to every match, not only to the first
}

// patternTime is how long one pattern may work on one text. The engine backtracks.
const patternTime = time.Second

// Reasons why a pattern did not come to its end.
var (
	errSlow  = errors.New("its regex takes longer than " + patternTime.String() + " on one text")
	errSpent = fmt.Errorf("the regexes took %s already, the limit of %s", allTime, allEvery)
	errLong  = fmt.Errorf("its regex makes a name of more than %d KiB, the limit", maxName>>10)
)

// maxPattern is the most bytes of a pattern. The engine takes a thousand bytes for each of them.
const maxPattern = 16 << 10

var errPattern = fmt.Errorf("its regex is longer than %d KiB, the limit", maxPattern>>10)

// maxName is the most bytes of a name that a regex makes.
const maxName = 64 << 10

// refusedRegex is the error of a pattern that Grafana or any browser refuses, whatever it is for.
type refusedRegex string

func (r refusedRegex) Error() string { return "its regex cannot be run: " + string(r) }

// isRefused reports whether a pattern is wrong for certain. Others may only be too hard for the engine.
func isRefused(err error) bool { return errors.As(err, new(refusedRegex)) }

var (
	delimited = regexp.MustCompile(`(?s)^/(.*)/([dgimsuvy]*)$`)
	inOrder   = regexp.MustCompile(`^g?i?m?y?s?$`)
)

// javaScript compiles a pattern as Grafana does: /pattern/flags, or a bare pattern, which has to match the whole text.
func javaScript(text string) (*pattern, error) {
	if len(text) > maxPattern {
		return nil, errPattern
	}
	if !strings.HasPrefix(text, "/") {
		return compile("^"+text+"$", "")
	}
	m := delimited.FindStringSubmatch(text)
	switch {
	case m == nil:
		return nil, refusedRegex("it begins with /, so Grafana expects / at its end, or flags such as i after it")
	case !inOrder.MatchString(m[2]):
		return nil, fmt.Errorf("its regex cannot be run: some versions of Grafana refuse the flags %s: write them from g, i, m, y, s, in this order", m[2])
	}
	return compile(m[1], m[2])
}

func compile(body, flags string) (*pattern, error) {
	options := regexp2.RegexOptions(regexp2.ECMAScript)
	if strings.Contains(flags, "i") {
		options |= regexp2.IgnoreCase
	}
	if strings.Contains(flags, "m") {
		options |= regexp2.Multiline
	}
	if strings.Contains(flags, "s") {
		options |= regexp2.Singleline
	}
	if part := notJavaScript.FindString(inert.ReplaceAllString(body, "")); part != "" {
		return nil, refusedRegex("JavaScript has no group that begins with " + part)
	}
	body, names := numbered(body)
	regex, err := regexp2.Compile(body, options)
	if err != nil {
		return nil, fmt.Errorf("its regex cannot be run: %w", err)
	}
	regex.MatchTimeout = patternTime
	return &pattern{regex, names, strings.Contains(flags, "g")}, nil
}

var (
	// inert are the parts in which no group begins, and the beginnings of the groups that JavaScript has.
	inert         = regexp.MustCompile(`\\.|\[(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!]|<[A-Za-z_$][\w$]*>|[ims]*-?[ims]*:)`)
	notJavaScript = regexp.MustCompile(`\(\?.{0,2}`)
)

var groupParts = regexp.MustCompile(`\\k<(\w+)>|\\.|\[(?:\\.|[^\]\\])*\]|\(\?<([A-Za-z_$][\w$]*)>|\(\?|\(`)

// numbered takes the names of groups out of a pattern. JavaScript numbers all groups from left to right, the engine those
// with names last.
func numbered(body string) (string, map[string]int) {
	names := map[string]int{}
	count := 0
	body = groupParts.ReplaceAllStringFunc(body, func(part string) string {
		m := groupParts.FindStringSubmatch(part)
		switch {
		case m[2] != "":
			count++
			names[m[2]] = count
			return "("
		case part == "(":
			count++
		case len(part) == 2 && strings.Contains("AGZaehz", part[1:]): // anchors and signs elsewhere, letters in JavaScript
			return part[1:]
		case m[1] != "" && names[m[1]] > 0:
			return fmt.Sprintf(`(?:\%d)`, names[m[1]])
		}
		return part
	})
	return body, names
}

// group returns what a group with a name has in a match.
func (p *pattern) group(m *regexp2.Match, name string) string {
	number := p.names[name]
	if number == 0 || number >= m.GroupCount() {
		return ""
	}
	return m.GroupByNumber(number).String()
}

// matches reports whether the pattern finds something in a text.
func (p *pattern) matches(text string) (found bool, err error) {
	err = patterns.run(func() error { found, err = p.regex.MatchString(text); return err })
	return found, err
}

// find returns the matches in a text: all if the pattern is global, else the first.
func (p *pattern) find(text string) (all []*regexp2.Match, err error) {
	err = patterns.run(func() error {
		m, err := p.regex.FindStringMatch(text)
		for ; m != nil && err == nil; m, err = p.regex.FindNextMatch(m) {
			if all = append(all, m); !p.isGlobal {
				break
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

var reference = regexp.MustCompile(`\$(?:(\$)|(&)|(\d\d?)|<([^>]*)>)`)

// replace puts a text in place of what the pattern finds. The text may refer to groups: $1, $<name>, $&.
func (p *pattern) replace(text, by string) (string, error) {
	found, err := p.find(text)
	if err != nil {
		return text, err
	}
	runes := []rune(text) // the engine counts characters
	var out strings.Builder
	from := 0
	for _, m := range found {
		out.WriteString(string(runes[from:m.Index]))
		if out.Len() > maxName || len(by)*(1+len(text)) > maxName<<10 {
			return text, errLong
		}
		out.WriteString(reference.ReplaceAllStringFunc(by, func(part string) string { return p.referred(m, part) }))
		from = m.Index + m.Length
	}
	if out.WriteString(string(runes[from:])); out.Len() > maxName {
		return text, errLong
	}
	return out.String(), nil
}

// referred returns what a reference stands for. A number without a group is a text, as in JavaScript.
func (p *pattern) referred(m *regexp2.Match, part string) string {
	sub := reference.FindStringSubmatch(part)
	switch {
	case sub[1] != "":
		return "$"
	case sub[2] != "":
		return m.String()
	case sub[4] != "":
		return p.group(m, sub[4])
	}
	for digits := sub[3]; digits != ""; digits = digits[:len(digits)-1] {
		if number, _ := strconv.Atoi(digits); number > 0 && number < m.GroupCount() {
			return m.GroupByNumber(number).String() + sub[3][len(digits):]
		}
	}
	return part
}
