package verify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
)

// emptyVariable returns why a variable rightly has no values now, as a panel with its query would have no answer; else
// nothing. Only query_result and label_values have a query in them.
func (j *judge) emptyVariable(
	ctx context.Context, b grafana.Board, p view.Problem, values map[string]query.Value, times query.Times,
) (blank, error) {
	i := slices.IndexFunc(b.Variables, func(v grafana.Variable) bool { return v.Name == p.Variable })
	if i < 0 {
		return blank{}, nil
	}
	text, err := query.Interpolate(b.Variables[i].Query, values, times)
	if why := unknownHere(err); why != "" {
		return blank{state: NotJudged, why: why}, nil
	}
	if err != nil || p.Kind != view.NothingFound {
		return blank{}, nil
	}
	function, inner, _ := strings.Cut(strings.TrimSpace(text), "(")
	inner, label := strings.TrimSuffix(inner, ")"), ""
	if comma := strings.LastIndex(inner, ","); function == "label_values" && comma >= 0 {
		inner, label = inner[:comma], strings.TrimSpace(inner[comma+1:])
	} else if function != "query_result" {
		return blank{}, nil
	}
	found, err := j.emptyLookup(ctx, inner, label)
	if _, isRefusal := reasonOf(err); isRefusal || found.state == Dead {
		return blank{}, nil
	}
	return found, err
}

// emptyLookup returns why a query has no answer now, or no series with a label.
func (j *judge) emptyLookup(ctx context.Context, text, label string) (blank, error) {
	r, err := j.look(ctx, text)
	if err != nil {
		return blank{}, err
	}
	missing, waiting, err := j.lacks(ctx, r)
	if missing != "" || waiting != "" || err != nil {
		return blank{state: NotYet, why: waiting}, err
	}
	if why, isLacking, err := j.lackingLabel(ctx, r, label); isLacking || err != nil {
		return blank{state: Empty, why: why}, err
	}
	return j.why(ctx, text, j.now(ctx))
}

// lackingLabel reports whether no series has the label whose values a variable lists, with the reason why others may
// have it, or an empty text.
func (j *judge) lackingLabel(ctx context.Context, r reading, label string) (why string, isLacking bool, err error) {
	selectors := r.query.Selectors()
	if label == "" || len(selectors) != 1 {
		return "", false, nil
	}
	s := selectors[0]
	found, err := j.find(ctx, s.Metric, s.Matchers)
	if err != nil || len(found) == 0 || len(valuesOf(label, found)) > 0 {
		return "", false, err
	}
	metric, err := j.find(ctx, s.Metric, nil)
	if err != nil {
		return "", true, err
	}
	if len(valuesOf(label, metric)) > 0 {
		return fmt.Sprintf("the series of %s have no label %s, but others of %s have", selectorText(s), label, s.Metric), true, nil
	}
	s.Matchers = []query.Matcher{{Label: label, Op: "!="}}
	why, err = j.renamed(ctx, s, metric)
	return why, true, err
}

// unknownHere returns why a text is not judged, for an error of the package query; else an empty text.
func unknownHere(err error) string {
	var e *query.Error
	if !errors.As(err, &e) || !e.NotJudged {
		return ""
	}
	return e.Message
}
