package panel

import (
	"errors"
	"slices"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
)

// What a target does not expose is not shown. A query that needs it is left out of its panel, a panel without queries
// is left out of its line, and so on.

// NothingToShow is the error of a panel that a board leaves out: the target has none of its metrics.
type NothingToShow struct{}

func (NothingToShow) Error() string {
	return "nothing to show: the target has none of the panel's metrics"
}

// answerable returns the queries for which the target has all metrics. Limits alone do not count: a dashed line has
// no meaning alone.
func answerable(queries []Query) []Query {
	missing := func(q Query) bool { return q.expr.Missing() }
	left := queries
	if slices.ContainsFunc(queries, missing) {
		left = slices.DeleteFunc(slices.Clone(queries), missing)
	}
	if !slices.ContainsFunc(left, func(q Query) bool { return !q.dashed }) {
		return nil
	}
	return left
}

// leaveOut makes a panel that its line leaves out.
func leaveOut[B interface{ RecordError(string, error) B }](b B) B {
	return b.RecordError("queries", NothingToShow{})
}

// mistakes returns a builder's errors without NothingToShow. There are none if a panel is just left out.
func mistakes(err error) cog.BuildErrors {
	var all cog.BuildErrors
	if !errors.As(err, &all) {
		return cog.MakeBuildErrors("", err)
	}
	return slices.DeleteFunc(slices.Clone(all), leftOut)
}

// leftOut reports whether the mistake is NothingToShow. The SDK keeps only an error's message; a title or name is
// never the whole message.
func leftOut(mistake *cog.BuildError) bool { return mistake.Message == NothingToShow{}.Error() }
