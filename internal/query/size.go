package query

import (
	"fmt"
	"regexp/syntax"
	"strings"

	"github.com/prometheus/prometheus/util/strutil"
)

// Limits on what is read of a query, so that no text makes it slow: parsing and printing take time quadratic in the depth.
const (
	maxLength    = 64 << 10 // bytes of text
	maxOperators = 2048     // operators, brackets and parentheses outside strings
	maxVariables = 900      // variables outside strings; the stand-ins have three digits
	maxCopies    = 1000     // characters and the like that the counts of its regexes, such as {3}, stand for
)

// CheckSize returns the error of a query that is larger than Parse reads. Its NotJudged is true.
func CheckSize(text string) error {
	_, err := scan(text, maxLength)
	return err
}

// CheckInterpolated is CheckSize for a query with its values, which may have up to MaxInterpolated bytes.
func CheckInterpolated(text string) error {
	_, err := scan(text, MaxInterpolated)
	return err
}

// CheckRegex returns an error for a regex that is small, but would be very large without its counts.
func CheckRegex(pattern string) error {
	if n := copies(pattern); n > maxCopies {
		return fmt.Errorf("the counts of the regex stand for %d characters, more than %d, the limit", n, maxCopies)
	}
	return nil
}

// tooLarge returns the error of a query that is over a limit.
func tooLarge(text string, at int, format string, args ...any) *Error {
	e := newError(text, Span{Start: at}, fmt.Sprintf(format, args...))
	e.NotJudged = true
	return e
}

// copiesIn returns copies of a string as it stands in a query.
func copiesIn(literal string) int {
	if !strings.ContainsAny(literal, "{\\") { // a brace may be written as \x7b
		return 0
	}
	pattern, err := strutil.Unquote(literal)
	if err != nil {
		return 0 // the parser says so
	}
	return copies(pattern)
}

// copies returns how many characters and the like the counts of a regex stand for: 40 for [0-9]{40}. A text
// that is not a regex has none.
func copies(pattern string) int {
	if !strings.Contains(pattern, "{") {
		return 0
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return 0
	}
	return counted(re)
}

func counted(re *syntax.Regexp) (n int) {
	if re.Op == syntax.OpRepeat {
		return written(re)
	}
	for _, part := range re.Sub {
		n += counted(part)
	}
	return n
}

// written returns the size of a regex whose counts are written out. Go's regexes do not multiply to more than a thousand.
func written(re *syntax.Regexp) int {
	n := max(1, len(re.Rune))
	if re.Op == syntax.OpCharClass {
		n = 1
	}
	for _, part := range re.Sub {
		n += written(part)
	}
	if re.Op == syntax.OpRepeat {
		n = (n - 1) * max(re.Min, re.Max)
	}
	return n
}
