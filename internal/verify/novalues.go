package verify

import (
	"context"
	"errors"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
)

// emptyVariable returns why a variable rightly has no values now, as a panel with its query would have no answer; else
// an empty text. Only query_result and label_values have a query in them.
func (j *judge) emptyVariable(
	ctx context.Context, b grafana.Board, p view.Problem, values map[string]query.Value, times query.Times,
) (string, error) {
	i := slices.IndexFunc(b.Variables, func(v grafana.Variable) bool { return v.Name == p.Variable })
	if i < 0 {
		return "", nil
	}
	text, err := query.Interpolate(b.Variables[i].Query, values, times)
	if why := unknownHere(err); why != "" {
		return "not judged: " + why, nil
	}
	if err != nil || !strings.HasSuffix(p.Text, " finds nothing") {
		return "", nil
	}
	function, inner, _ := strings.Cut(strings.TrimSpace(text), "(")
	inner = strings.TrimSuffix(inner, ")")
	if comma := strings.LastIndex(inner, ","); function == "label_values" && comma >= 0 {
		inner = inner[:comma]
	} else if function != "query_result" {
		return "", nil
	}
	r, err := j.look(ctx, inner)
	if (&result{}).refused(err) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	missing, waiting, err := j.lacks(ctx, r)
	if missing != "" || waiting != "" || err != nil {
		return waiting, err
	}
	found, err := j.why(ctx, inner, j.now(ctx))
	if found.state == Dead {
		return "", err
	}
	return found.why, err
}

// unknownHere returns why a text with variables is not judged, for the error of query.Interpolate; else an empty text.
func unknownHere(err error) string {
	var e *query.Error
	if !errors.As(err, &e) || !e.NotJudged {
		return ""
	}
	return strings.Replace(e.Message, ": not judged: ", ": ", 1)
}
