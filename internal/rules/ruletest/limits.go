package ruletest

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gaugewright/internal/engine"
)

// Limits of the tests in a file. Real ones have some hundred values in a series, and some dozens of series.
const (
	maxSteps  = 1_000_000 // evaluations of one test: two years, once a minute
	maxValues = 2_000_000 // values of the series in all tests; a histogram counts as 20
)

// limitError is the error of a test that is over a limit: it is not judged.
type limitError string

func (e limitError) Error() string { return string(e) }

// isLimit reports whether a limit of ours is why there is no result.
func isLimit(err error) bool {
	return errors.As(err, new(limitError)) || errors.As(err, new(*engine.TooMuch))
}

// checkSize returns an error if the test has more evaluations than it may, or with its values the file has more than it may.
func (t *test) checkSize(values *int) error {
	if t.steps > maxSteps {
		return limitError(fmt.Sprintf("%d evaluations exceed the limit of %d: use a longer evaluation_interval", t.steps, maxSteps))
	}
	all := *values
	for _, file := range t.InputSeries { // promtool reads both fields as one text
		if all += valuesIn(file.Series + " " + file.Values); all > maxValues {
			return limitError(fmt.Sprintf("with it, the series of the file have more than %d values, the limit", maxValues))
		}
	}
	*values = all
	return nil
}

// times finds how often a value is repeated: 1+1x10, _x5, {{schema:0 sum:1}}x3.
var times = regexp.MustCompile(`x(\d+)(\s|$)`)

// valuesIn returns about how many values the notation of a series stands for. It makes none of them.
func valuesIn(notation string) int {
	n := len(strings.Fields(notation))
	for _, found := range times.FindAllStringSubmatch(notation, -1) {
		count, err := strconv.Atoi(found[1])
		if err != nil {
			return maxValues + 1
		}
		if n += min(count, maxValues); n > maxValues {
			break
		}
	}
	if strings.Contains(notation, "{{") {
		n *= 20
	}
	return n
}
