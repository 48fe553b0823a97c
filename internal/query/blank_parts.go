package query

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// IsAlerts reports whether the selector asks for the alerts that are pending or firing, by name or by a pattern that has
// the name in it.
func (s Selector) IsAlerts() bool {
	return s.Metric == "ALERTS" || s.Metric == "ALERTS_FOR_STATE" || slices.ContainsFunc(s.Matchers, func(m Matcher) bool {
		return m.Label == model.MetricNameLabel && m.Op == "=~" && strings.Contains(m.Value, "ALERTS")
	})
}

func (b *blanks) ofSelector(v *parser.VectorSelector) Blank {
	i := b.index[v]
	s := b.selectors[i]
	switch presence := b.Presence[i]; {
	case s.IsAlerts():
		return blank(NoAlert, cmp.Or(s.Metric, "ALERTS"), "no such alert is pending or firing")
	case presence == Expected:
		return blank(NotYet, s.Metric, "there is nothing yet for %s", short(v))
	case presence == Missing:
		return blank(NotNeeded, s.Metric, "there is nothing for %s", short(v))
	}
	if how := b.looks(v); how != "" {
		return early(how)
	}
	return blank(Ended, s.Metric, "the series of %s have no sample now", short(v))
}

func early(how string) Blank {
	return blank(TooEarly, how, "there are no samples yet for %s", how)
}

// looks returns how a selector looks at another time than that of the result, as written; else an empty text.
func (b *blanks) looks(v *parser.VectorSelector) string {
	switch {
	case v.OriginalOffset != 0 || v.OriginalOffsetExpr != nil:
		return "offset " + b.selectors[b.index[v]].Offset
	case v.Timestamp != nil:
		return "@ " + strconv.FormatFloat(float64(*v.Timestamp)/1000, 'f', -1, 64)
	case v.StartOrEnd == parser.START:
		return "@ start()"
	case len(b.within) == 0:
		return ""
	}
	s := b.subqueries[b.within[len(b.within)-1]]
	how := fmt.Sprintf("[%s:%s]", s.Range, s.Step)
	if s.Offset != "" {
		how += " offset " + s.Offset
	}
	return how
}

// ofWindow returns why a selector's window is empty.
func (b *blanks) ofWindow(window *parser.MatrixSelector) (Blank, error) {
	v := window.VectorSelector.(*parser.VectorSelector)
	why := b.ofSelector(v)
	if why.Cause != Ended {
		return why, nil
	}
	if series, err := b.ask(v); err != nil || len(series) == 0 {
		return why, err
	}
	return blank(TooShort, window.String(), "the window of %s holds no sample", short(window)), nil
}

func (b *blanks) ofAggregation(e *parser.AggregateExpr) (Blank, error) {
	why, err := b.needed(e.Expr)
	if err != nil || why.Cause != "" {
		return why, err
	}
	if _, ok := e.Param.(*parser.NumberLiteral); !ok && e.Param != nil || e.Op == parser.LIMIT_RATIO {
		return blank(Excluded, e.Op.String(), "%s keeps nothing now", e.Op), nil
	}
	return b.unexplained(e), nil
}

func (b *blanks) ofCall(e *parser.Call) (Blank, error) {
	arguments := e.Args
	if e.Func.Name == "info" {
		arguments = e.Args[:1] // the second only says which labels to add
	}
	why, err := b.needed(arguments...)
	if err != nil || why.Cause != "" {
		return why, err
	}
	switch e.Func.Name {
	case "absent", "absent_over_time":
		return blank(Present, short(e.Args[0]), "%s is there", short(e.Args[0])), nil
	case "info":
		return blank(Excluded, "info", "info finds none of the labels that it asks for now"), nil
	case "rate", "irate", "increase", "delta", "idelta", "deriv", "predict_linear", "double_exponential_smoothing":
		return b.ofRate(e)
	}
	return b.unexplained(e), nil
}

// ofRate returns why a function that needs two samples has no answer though there is one.
func (b *blanks) ofRate(e *parser.Call) (Blank, error) {
	window, ok := e.Args[0].(*parser.MatrixSelector)
	if !ok {
		return early(fmt.Sprintf("%s, which needs two samples", e.Func.Name)), nil
	}
	v := window.VectorSelector.(*parser.VectorSelector)
	if how := b.looks(v); how != "" {
		return early(how), nil
	}
	const long = time.Hour
	if window.Range < long {
		longer := &parser.MatrixSelector{VectorSelector: &parser.VectorSelector{Name: v.Name, LabelMatchers: v.LabelMatchers}, Range: long}
		counted := &parser.Call{Func: parser.Functions["count_over_time"], Args: parser.Expressions{longer}}
		several, err := b.ask(&parser.BinaryExpr{Op: parser.GTR, LHS: counted, RHS: &parser.NumberLiteral{Val: 1}})
		if err != nil {
			return Blank{}, err
		}
		if len(several) > 0 {
			return blank(TooShort, window.String(), "%s needs two samples, and the window of %s does not hold them", e.Func.Name,
				short(window)), nil
		}
	}
	return early(fmt.Sprintf("%s, which needs two samples", e.Func.Name)), nil
}
