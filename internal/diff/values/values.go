// Package values says what changes do to the numbers: both versions of a changed query or rule are evaluated on the same
// data, as Grafana and Prometheus would, and a sentence compares them. What cannot be evaluated gets no sentence, and is
// counted. Changes of variables or of the time range are not followed to the queries that they reach. The package does
// not find the changes: package diff does.
package values

import (
	"context"
	"time"

	"gaugewright/internal/diff"
	"gaugewright/internal/engine"
	"gaugewright/internal/source"
)

// Data is what the versions are evaluated on.
type Data struct {
	source.Source
	From, To time.Time
	Scrape   time.Duration // the data source's scrape interval
}

// Annotate gives the changes of a result their values. An error comes from the source. After a *source.Unanswered, all
// changes have values but those that needed an answer that did not come; any other error ends the work.
func Annotate(ctx context.Context, r *diff.Result, data Data) error {
	changes := r.Evaluable()
	questions := &noting{Source: data.Source}
	data.Source = questions
	w := &work{Data: data}
	ctx = engine.WithAllowance(ctx) // for all rules; a board has its own
	if err := w.openAll(ctx, changes); err != nil {
		return err
	}
	for _, change := range changes {
		var told []finding
		for _, pair := range change.Pairs {
			f, err := w.pair(ctx, pair)
			if err != nil {
				return err
			}
			if !f.isSilent() {
				told = append(told, f)
			} else if pair.Old != (diff.Side{}) {
				r.Unevaluated++
			}
		}
		change.Values = together(told)
	}
	if questions.first != nil {
		return questions.first
	}
	return nil
}

// work is the work of Annotate.
type work struct {
	Data
	answers map[side]answer
}

// finding is what the comparison of a pair says. The zero finding says nothing.
type finding struct {
	panel string
	diff.Values
}

func (f finding) isSilent() bool { return f.Text.Words == "" }

// say makes the finding that the values are other ones.
func say(words string, foreign ...string) finding {
	return finding{Values: diff.Values{Text: diff.Text{Words: words, Foreign: foreign}}}
}

// same makes the finding that the values are the same.
func same(words string, foreign ...string) finding {
	f := say(words, foreign...)
	f.IsSame = true
	return f
}

// pair compares the versions of one query, panel or rule.
func (w *work) pair(ctx context.Context, p diff.Pair) (finding, error) {
	var f finding
	var err error
	switch {
	case p.New.Rule != nil && p.New.Rule.Alert != "":
		f, err = w.alert(ctx, p.Old.Rule, *p.New.Rule)
	case p.New.Rule != nil:
		f, err = w.recording(ctx, *p.Old.Rule, *p.New.Rule)
	case p.Old == (diff.Side{}):
		f = w.added(p.New)
	default:
		f, err = w.query(ctx, p.Old, p.New)
	}
	f.panel = p.Panel
	return f, err
}

// maxTold is how many different findings one change lists.
const maxTold = 3

// together makes one sentence of what several panels with the same change show.
func together(all []finding) *diff.Values {
	if len(all) == 0 {
		return nil
	}
	var values diff.Values
	values.IsSame = true
	told := map[string]bool{}
	for _, f := range all {
		values.IsSame = values.IsSame && f.IsSame
		if told[f.Text.String()] {
			continue
		}
		told[f.Text.String()] = true
		switch len(told) {
		case 1:
			values.Text = f.Text
		case maxTold + 1:
			values.Text.Words += "; and others"
		default:
			if len(told) <= maxTold {
				values.Text.Words += "; in {} " + f.Text.Words
				values.Text.Foreign = append(append(values.Text.Foreign, f.panel), f.Text.Foreign...)
			}
		}
	}
	return &values
}
