package preview

import (
	"context"
	"slices"
	"time"

	"gaugewright/internal/lint"
	"gaugewright/internal/report"
	"gaugewright/internal/verify"
)

// said is a remark on a panel.
type said struct {
	By    string `json:"by"`    // verify or lint
	Query string `json:"query"` // its refId, or empty
	Kind  string `json:"kind"`  // the state of a query, the kind of a finding, note, or the name of lint's rule
	Text  string `json:"text"`
}

// verdict is what verify and lint say of a panel.
type verdict struct {
	dead string
	said []said
}

// verdicts are by the panels' places, which have no line and no query.
type verdicts map[report.Place]*verdict

// places returns the places of a board's panels as verify names them. numbers counts equal ones, over all boards.
func places(b verify.Board, numbers map[report.Place]int) (all []report.Place) {
	for _, p := range b.Panels {
		same := report.Place{Board: b.Name(), Panel: p.Name(), ID: p.ID}
		numbers[same]++
		at := same
		if at.File = b.Path; numbers[same] > 1 {
			at.Number = numbers[same]
		}
		all = append(all, at)
	}
	return all
}

// newVerdicts sorts a report by panels. Why a query is dead stands in its first finding.
func newVerdicts(r *verify.Report) verdicts {
	all := verdicts{}
	isDead := map[report.Place]bool{}
	for _, q := range r.Queries {
		all.say("verify", q.Place, string(q.State), q.Why)
		isDead[q.Place] = q.State == verify.Dead
	}
	for _, f := range r.Findings {
		all.say("verify", f.Place, string(f.Kind), f.Text)
		if v := all.at(f.Place); isDead[f.Place] && v.dead == "" {
			v.dead = f.Text
		}
	}
	for _, n := range r.Notes {
		all.say("verify", n.Place, "note", n.Text)
	}
	return all
}

// lint adds what lint says of the boards. Of metrics it knows what the boards themselves and its own catalogue say. It does
// not number panels that are called the same, as verify does: what it says of them stands at the first.
func (v verdicts) lint(boards []board) {
	var sources []lint.Source
	numbered := map[report.Place]report.Place{}
	for _, b := range boards {
		for _, at := range slices.Backward(b.places) {
			same := at
			same.Number = 0
			numbered[same] = at
		}
		if data, err := b.Document.MarshalJSON(); err == nil {
			sources = append(sources, lint.Source{Path: b.Path, Data: data})
		}
	}
	for _, f := range lint.Lint(lint.Read(sources), lint.NewMetrics()).Findings {
		at := f.Place
		if panel, ok := numbered[panelPlace(at)]; ok {
			at.Number = panel.Number
		}
		v.say("lint", at, f.Rule, f.Reported().Text)
	}
}

func (v verdicts) say(by string, at report.Place, kind, text string) {
	of := v.at(at)
	of.said = append(of.said, said{By: by, Query: at.Query, Kind: kind, Text: text})
}

func (v verdicts) at(place report.Place) *verdict {
	place = panelPlace(place)
	if v[place] == nil {
		v[place] = &verdict{}
	}
	return v[place]
}

// panelPlace is the place of the panel that a place is in.
func panelPlace(place report.Place) report.Place {
	place.Line, place.Row, place.Query, place.Check = 0, "", "", ""
	return place
}

// dead counts the dead panels of a board.
func (v verdicts) dead(b board) (n int) {
	for _, at := range b.places {
		if one := v[at]; one != nil && one.dead != "" {
			n++
		}
	}
	return n
}

// Judge judges the boards with verify and lint whenever they change, and as often as the options say, until the context ends.
func (p *Preview) Judge(ctx context.Context) {
	var due <-chan time.Time
	if p.Rejudge > 0 {
		ticker := time.NewTicker(p.Rejudge)
		defer ticker.Stop()
		due = ticker.C
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-due:
		case <-p.judged:
		}
		p.judge(ctx)
	}
}

// judge judges the boards once.
func (p *Preview) judge(ctx context.Context) {
	p.mu.RLock()
	files, boards := p.files, p.boards
	p.mu.RUnlock()
	options := verify.Options{End: p.Now(), Pages: p.Pages}
	if !p.Begun.IsZero() {
		options.Observed = options.End.Sub(p.Begun)
	}
	r, err := verify.Judge(ctx, p.Source, files, options, &report.Progress{})
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		p.Trouble("verify", "verify: "+err.Error())
		return
	}
	p.Trouble("verify", "")
	all := newVerdicts(r)
	all.lint(boards)
	p.change(func() { p.verdicts, p.isJudged = all, true })
}
