package panel

import (
	"errors"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
)

// What a target does not expose is not shown: a query that needs it is left out of its panel, a panel of which nothing is
// left out of its line, and so on. The SDK's builders can return a panel or mistakes, so such a panel is a mistake of a
// kind of its own.

// answerable are the queries that the target has all metrics for. Limits alone are none: a dashed line says something beside
// others only.
func answerable(queries []Query) []Query {
	left := slices.DeleteFunc(slices.Clone(queries), func(q Query) bool { return q.expr.Missing() })
	if !slices.ContainsFunc(left, func(q Query) bool { return !q.dashed }) {
		return nil
	}
	return left
}

const nothingToShow = "nothing to show"

// leaveOut makes a panel that its line does without.
func leaveOut[B interface{ RecordError(string, error) B }](b B) B {
	return b.RecordError(nothingToShow, errors.New("the target has none of the panel's metrics"))
}

// leftOut tells whether a panel's only mistake is that there is nothing to show.
func leftOut(err error) bool {
	var mistakes cog.BuildErrors
	return errors.As(err, &mistakes) && !slices.ContainsFunc(mistakes, func(m *cog.BuildError) bool {
		return !strings.HasSuffix(m.Path, nothingToShow)
	})
}
