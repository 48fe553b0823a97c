package query

import "fmt"

// Limits on what is read of a query, so that no text makes it slow: parsing and printing take time quadratic in the depth.
const (
	maxLength    = 64 << 10 // bytes of text
	maxOperators = 2048     // operators, brackets and parentheses outside strings
	maxVariables = 900      // variables outside strings; the stand-ins have three digits
	maxWeight    = 1000     // of its regexes: see weight
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

// tooLarge returns the error of a query that is over a limit.
func tooLarge(text string, at int, format string, args ...any) *Error {
	e := newError(text, Span{Start: at}, fmt.Sprintf(format, args...))
	e.NotJudged = true
	return e
}
