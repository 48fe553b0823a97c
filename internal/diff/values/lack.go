package values

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/diff"
	"gaugewright/internal/query"
	"gaugewright/internal/source"
)

// lack says, after a colon, why the first of some queries has no answer: what series there are none of, or which part of
// the query leaves nothing. It is empty where that is not known.
func (w *work) lack(ctx context.Context, texts []string) (words string, foreign []string, err error) {
	if len(texts) == 0 {
		return "", nil, nil
	}
	words, foreign, err = w.missing(ctx, texts[0])
	q, noQuery := query.Parse(texts[0])
	if err != nil || words != "" || noQuery != nil {
		return words, foreign, err
	}
	blank, err := q.WhyBlank(query.Evidence{Presence: make([]query.Presence, len(q.Selectors())), Ask: func(part string) ([]map[string]string, error) {
		return w.labels(ctx, part)
	}})
	if err != nil || blank.Cause == "" {
		return "", nil, err
	}
	return ": {}", []string{blank.String()}, nil
}

// labels returns the labels of the series that answer a part of a query.
func (w *work) labels(ctx context.Context, part string) ([]map[string]string, error) {
	a, err := w.rule(ctx, diff.Rule{Expr: part})
	var all []map[string]string
	for _, s := range a.series {
		all = append(all, s.labels)
	}
	return all, err
}

// missing says, after a colon, which series that a query needs there are none of.
func (w *work) missing(ctx context.Context, text string) (words string, foreign []string, err error) {
	q, err := query.Parse(text)
	if err != nil {
		return "", nil, nil // said by whoever evaluates it
	}
	selectors := q.Selectors()
	presence := make([]query.Presence, len(selectors))
	for i, s := range selectors {
		if presence[i], err = w.presence(ctx, s); err != nil {
			return "", nil, err
		}
	}
	needed := q.Needed(presence)
	if len(needed) == 0 {
		return "", nil, nil
	}
	return w.blame(ctx, selectors[needed[0]])
}

func (w *work) presence(ctx context.Context, s query.Selector) (query.Presence, error) {
	switch {
	case s.IsAlerts():
		return query.Quiet, nil
	case slices.Contains(s.Within, "absent"), slices.Contains(s.Within, "absent_over_time"):
		return query.Absent, nil
	}
	has, err := w.has(ctx, s.Metric, s.Matchers...)
	if err != nil || has {
		return query.Found, err
	}
	return query.Missing, nil
}

// blame names the part of a selector that no series has.
func (w *work) blame(ctx context.Context, s query.Selector) (words string, foreign []string, err error) {
	if s.Metric != "" {
		if has, err := w.has(ctx, s.Metric); err != nil || !has {
			return ": there is no series {}", []string{s.Metric}, err
		}
	}
	for _, m := range s.Matchers {
		if has, err := w.has(ctx, s.Metric, m); err != nil {
			return "", nil, err
		} else if has {
			continue
		}
		has, err := w.has(ctx, s.Metric, query.Matcher{Label: m.Label, Op: "!="})
		if err != nil || !has {
			return ": there is no series with {}", []string{m.Label}, err
		}
		return ": there is no series with {}", []string{m.Label + m.Op + strconv.Quote(m.Value)}, nil
	}
	return ": there is no series {}", []string{selector(s.Metric, s.Matchers...)}, nil
}

// has reports whether there are series of a name that match.
func (w *work) has(ctx context.Context, metric string, matchers ...query.Matcher) (bool, error) {
	series, err := w.Series(ctx, selector(metric, matchers...), w.From, w.To)
	var refused *source.Refused
	var unanswered *source.Unanswered
	if errors.As(err, &refused) || errors.As(err, &unanswered) {
		return true, nil // nothing is known against it
	}
	return len(series) > 0, err
}

// selector writes a selector of a name and matchers.
func selector(metric string, matchers ...query.Matcher) string {
	var all []string
	for _, m := range matchers {
		all = append(all, m.Label+m.Op+strconv.Quote(m.Value))
	}
	if len(all) == 0 {
		return metric
	}
	return metric + "{" + strings.Join(all, ",") + "}"
}
