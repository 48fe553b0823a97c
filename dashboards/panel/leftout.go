package panel

import (
	"errors"
	"slices"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
)

// What a target does not expose is not shown: a query that needs it is left out of its panel, a panel with no query left
// is left out of its line, and so on.

// NothingToShow is the error of a panel that a board leaves out: the target has none of its metrics.
type NothingToShow struct{}

func (NothingToShow) Error() string {
	return "nothing to show: the target has none of the panel's metrics"
}

// answerable are the queries that the target has all metrics for. Limits alone are none: a dashed line says something
// only beside others.
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

// leaveOut makes a panel that its line does without.
func leaveOut[B interface{ RecordError(string, error) B }](b B) B {
	return b.RecordError("queries", NothingToShow{})
}

// mistakes are a builder's errors but for NothingToShow; there are none where a panel is just left out.
func mistakes(err error) cog.BuildErrors {
	var all cog.BuildErrors
	if !errors.As(err, &all) {
		return cog.MakeBuildErrors("", err)
	}
	return slices.DeleteFunc(slices.Clone(all), leftOut)
}

// leftOut reports whether the mistake is NothingToShow. The SDK keeps an error's whole message and nothing else of it; titles
// and names are never all of a message.
func leftOut(mistake *cog.BuildError) bool { return mistake.Message == NothingToShow{}.Error() }
