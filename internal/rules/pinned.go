package rules

import (
	"maps"
	"slices"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// areDisjoint reports whether the results of two expressions certainly have no series in common: a label has a value in the one
// that the other does not take.
func areDisjoint(a, b string) bool {
	one, err := parseExpr(a)
	other, wrong := parseExpr(b)
	if err != nil || wrong != nil {
		return false
	}
	return excludes(pinned(one), pinned(other)) || excludes(pinned(other), pinned(one))
}

// matchers are what the matchers of an expression say of the labels of its result.
type matchers map[string][]*labels.Matcher

// excludes reports whether a label has a value by a that the matchers of b do not take.
func excludes(a, b matchers) bool {
	for label, all := range a {
		for _, m := range all {
			if m.Type == labels.MatchEqual && slices.ContainsFunc(b[label], func(other *labels.Matcher) bool { return !other.Matches(m.Value) }) {
				return true
			}
		}
	}
	return false
}

// pinned returns the matchers of the labels that the result of an expression still has.
func pinned(e parser.Expr) matchers {
	switch e := e.(type) {
	case *parser.VectorSelector:
		all := matchers{}
		for _, m := range e.LabelMatchers {
			all[m.Name] = append(all[m.Name], m)
		}
		return without(all, model.MetricNameLabel)
	case *parser.MatrixSelector:
		return pinned(e.VectorSelector)
	case *parser.SubqueryExpr:
		return pinned(e.Expr)
	case *parser.ParenExpr:
		return pinned(e.Expr)
	case *parser.UnaryExpr:
		return pinned(e.Expr)
	case *parser.AggregateExpr:
		if e.Without {
			return without(pinned(e.Expr), e.Grouping...)
		}
		return only(pinned(e.Expr), e.Grouping)
	case *parser.Call:
		return pinnedInCall(e)
	case *parser.BinaryExpr:
		return pinnedInOperation(e)
	}
	return nil
}

// pinnedInCall follows the functions that keep the labels of a vector. Others are not followed.
func pinnedInCall(e *parser.Call) matchers {
	switch e.Func.Name {
	case "label_replace", "label_join", "histogram_quantile", "absent", "absent_over_time", "scalar", "vector", "time", "info":
		return nil
	}
	for _, argument := range e.Args {
		if argument.Type() == parser.ValueTypeVector || argument.Type() == parser.ValueTypeMatrix {
			return pinned(argument)
		}
	}
	return nil
}

func pinnedInOperation(e *parser.BinaryExpr) matchers {
	switch {
	case e.LHS.Type() == parser.ValueTypeScalar:
		return pinned(e.RHS)
	case e.RHS.Type() == parser.ValueTypeScalar, e.Op == parser.LAND, e.Op == parser.LUNLESS:
		return pinned(e.LHS)
	case e.Op == parser.LOR || e.VectorMatching == nil || e.VectorMatching.Card != parser.CardOneToOne:
		return nil
	case e.VectorMatching.On:
		return only(pinned(e.LHS), e.VectorMatching.MatchingLabels)
	}
	return without(pinned(e.LHS), e.VectorMatching.MatchingLabels...)
}

func only(all matchers, names []string) matchers {
	maps.DeleteFunc(all, func(name string, _ []*labels.Matcher) bool { return !slices.Contains(names, name) })
	return all
}

func without(all matchers, names ...string) matchers {
	maps.DeleteFunc(all, func(name string, _ []*labels.Matcher) bool { return slices.Contains(names, name) })
	return all
}
