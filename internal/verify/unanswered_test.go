package verify

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/rulefmt"

	"gaugewright/internal/engine"
	"gaugewright/internal/grafana"
	"gaugewright/internal/report"
	"gaugewright/internal/rules"
	"gaugewright/internal/source"
)

// failing is a source with an error in place of the answers to one query.
type failing struct {
	source.Memory
	query string
	err   error
}

func (f failing) Instant(ctx context.Context, query string, at time.Time) (source.Answer, error) {
	if query == f.query {
		return source.Answer{}, f.err
	}
	return f.Memory.Instant(ctx, query, at)
}

func (f failing) Range(ctx context.Context, query string, start, end time.Time, step time.Duration) (source.Answer, error) {
	if query == f.query {
		return source.Answer{}, f.err
	}
	return f.Memory.Range(ctx, query, start, end, step)
}

// TestWhyUnanswered: where the source has no answer to the question why something is empty, it is not judged. If it did
// not answer, that is an error of the run; if it refuses the question, the query itself is not to blame.
func TestWhyUnanswered(t *testing.T) {
	const expr = `shop_up > 1`
	end := time.Now().Truncate(time.Millisecond)
	e, err := engine.New([]engine.Series{{Labels: map[string]string{"__name__": "shop_up", "job": "shop"}, Samples: []engine.Sample{{T: end, V: 1}}}})
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		err    error
		note   string
		errors int
	}{
		"unanswered": {&source.Unanswered{Reason: "too busy"}, "not judged: too busy", 1},
		"refused":    {&source.Refused{Reason: "too much"}, "not judged: why it is empty is unknown: too much", 0},
	} {
		s := failing{source.Memory{Engine: e}, "shop_up", test.err}
		judges := map[string]func(*judge) (verdict, error){
			"panel": func(j *judge) (verdict, error) {
				p := grafana.Panel{Targets: []grafana.Target{{Expr: expr, Range: true, Factor: 1}}}
				o, _, err := j.open(t.Context(), Board{Path: "b.json", Board: grafana.Board{Panels: []grafana.Panel{p}}})
				if err != nil {
					return verdict{}, err
				}
				return j.panel(t.Context(), o, p)
			},
			"rule": func(j *judge) (verdict, error) {
				return j.rule(t.Context(), "r.yml", "g", rules.Rule{Rule: rulefmt.Rule{Record: "shop:up", Expr: expr}})
			},
			"variable": func(j *judge) (verdict, error) {
				v := grafana.Variable{Name: "shop", Type: "query", Query: "query_result(" + expr + ")"}
				_, said, err := j.open(t.Context(), Board{Path: "b.json", Board: grafana.Board{Variables: []grafana.Variable{v}}})
				said.judged = []Judged{{State: NotJudged}} // a variable has no state
				return said, err
			},
		}
		for what, do := range judges {
			v, err := do(newJudge(s, judging{Options: Options{End: end}, interval: 10 * time.Second}))
			if err != nil || len(v.findings) > 0 || len(v.judged) != 1 || v.judged[0].State != NotJudged || len(v.errors) != test.errors {
				t.Errorf("%s, %s: %+v, %v", name, what, v, err)
				continue
			}
			if test.errors > 0 && (v.errors[0].Kind != report.NoAnswer || v.errors[0].Text != "too busy") {
				t.Errorf("%s, %s: the error is %v", name, what, v.errors[0])
			}
			if what == "variable" && test.errors > 0 {
				continue // the error says it all
			}
			if len(v.notes) != 1 || !strings.HasPrefix(v.notes[0].Text, test.note) {
				t.Errorf("%s, %s: the notes are %v", name, what, v.notes)
			}
		}
	}
}
