package values

import (
	"context"
	"slices"

	"gaugewright/internal/diff"
	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
)

// side identifies the query of a panel of a board.
type side struct{ panel, target *grafana.Node }

// answer is the answer to a query, in all copies of its panel.
type answer struct {
	series []series
	texts  []string // as it was asked
	why    string   // why it could not be evaluated; empty where it was
	legend string
}

// openAll opens the boards, each once, with the panels and queries that are to be evaluated and no others.
func (w *work) openAll(ctx context.Context, changes []diff.Evaluable) error {
	wanted := map[*grafana.Board][]diff.Side{}
	var boards []*grafana.Board
	for _, change := range changes {
		for _, pair := range change.Pairs {
			for _, s := range []diff.Side{pair.Old, pair.New} {
				if s.Board == nil {
					continue
				}
				if wanted[s.Board] == nil {
					boards = append(boards, s.Board)
				}
				wanted[s.Board] = append(wanted[s.Board], s)
			}
		}
	}
	w.answers = map[side]answer{}
	for _, b := range boards {
		if err := w.open(ctx, b, wanted[b]); err != nil {
			return err
		}
	}
	return nil
}

// open opens a board and keeps its answers.
func (w *work) open(ctx context.Context, b *grafana.Board, wanted []diff.Side) error {
	part := *b
	part.Panels = nil
	for _, p := range b.Panels {
		all := p.Targets
		p.Targets = nil
		for _, t := range all {
			if slices.ContainsFunc(wanted, func(s diff.Side) bool {
				return s.Panel.Node == p.Node && (s.Target == nil && !t.Hidden || s.Target != nil && s.Target.Node == t.Node)
			}) {
				t.Hidden = false
				p.Targets = append(p.Targets, t)
			}
		}
		if p.Targets != nil {
			part.Panels = append(part.Panels, p)
		}
	}
	open, err := opened.Open(ctx, part, w.Source, opened.Options{From: w.From, To: w.To, Scrape: w.Scrape})
	if err != nil {
		return err
	}
	for _, p := range open.Shown {
		for _, q := range p.Queries {
			at := side{p.Node, q.Node}
			w.answers[at] = w.answers[at].with(q)
		}
	}
	return nil
}

// with adds the answer in a copy of the panel.
func (a answer) with(q opened.Query) answer {
	a.legend = q.Legend
	if q.Why != "" {
		a.why = q.Why
		return a
	}
	a.texts = append(a.texts, q.Text)
	if len(q.Answers) > 0 { // where it is asked both ways, the range has the value of now, too
		for _, s := range q.Answers[0].Series {
			a.series = append(a.series, newSeries(s))
		}
	}
	return a
}

// of returns the answer to a side's query.
func (w *work) of(s diff.Side) answer {
	a, isAsked := w.answers[side{s.Panel.Node, s.Target.Node}]
	if !isAsked {
		a.why = "it was not asked"
	}
	return a
}
