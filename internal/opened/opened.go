// Package opened is a board as Grafana shows it once it is open: the variables have values, repeated panels are copied,
// and a source has answered the queries. It keeps the answers with their values. It does not judge, compare or draw them.
package opened

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
	"gaugewright/internal/source"
)

// Options are what a viewer chooses.
type Options struct {
	Chosen   map[string][]string // by variable; what is not here is chosen as Grafana does when it opens the board
	From, To time.Time
	Scrape   time.Duration // the data source's scrape interval
	Points   int           // of a panel that does not say; 0 is the width of a common screen
	// Slots has room for as many questions as may be asked at once; boards that are opened together share it. With nil it is as
	// many as the source allows.
	Slots chan struct{}
	// Only reports whether a panel is asked for; nil means all.
	Only func(p grafana.Panel) bool
}

// Board is an open board.
type Board struct {
	grafana.Board
	Options
	view.Resolved         // the board's variables
	Shown         []Panel // in reading order; the copies of a repeated panel follow each other
}

// Panel is a panel of an open board, or one copy of it.
type Panel struct {
	grafana.Panel
	Index        int // in Board.Panels
	Copy, Copies int // which copy it is, from 0, of how many; 0 of 1 where nothing is repeated
	Values       map[string]query.Value
	From, To     time.Time // the range that it shows
	Queries      []Query   // of its targets, without the hidden ones
}

// Put puts the values of variables into a text, such as a title.
func (p Panel) Put(text string) string {
	return view.Put(text, p.Values, p.times(), view.InLegend)
}

// PutTitle is Put for a title or a description.
func (p Panel) PutTitle(text string) string { return ShortTitle(p.Put(text)) }

// ShortTitle ends a text that is longer than 4 KiB with an ellipsis.
func ShortTitle(text string) string {
	if len(text) > maxTitle {
		text = strings.ToValidUTF8(text[:maxTitle], "") + "…"
	}
	return text
}

func (p Panel) times() query.Times { return query.Times{From: p.From, To: p.To} }

// Query is a query of a panel, with its answers.
type Query struct {
	grafana.Target        // its legend has the variables' values
	Text           string // as it was asked
	Step           time.Duration
	Answers        []Answer // one, or two for a target that asks both ways
	Why            string   // why there is no answer; empty where there is one
}

// Answer is the answer to a query.
type Answer struct {
	Instant bool // at the end of the range, else over it
	source.Answer
}

// Limits of an open board, all of which is kept at once.
const (
	maxCopies  = 100       // of a repeated panel
	maxShown   = 5000      // panels with all copies; those after it have one
	maxSamples = 4_000_000 // of all answers; a series counts as some more
	maxTitle   = 4 << 10   // bytes of a title or a description with its values; it is shown many times
	maxTexts   = 64 << 20  // bytes of all queries and legends with their values
)

// Open opens a board. An error comes from the source, and ends the work; what is wrong with one query is in that query.
func Open(ctx context.Context, b grafana.Board, src source.Source, options Options) (*Board, error) {
	if options.Slots == nil {
		options.Slots = make(chan struct{}, max(1, src.Parallel()))
	}
	open := &opening{source: src, Board: &Board{Board: b, Options: options}, scopes: map[*grafana.Section]view.Resolved{}}
	ctx = engine.WithAllowance(ctx)
	all, err := open.scope(ctx, nil, b)
	if err != nil {
		return nil, err
	}
	open.Resolved = all
	for i, p := range b.Panels {
		if options.Only != nil && !options.Only(p) {
			continue
		}
		if err := open.panel(ctx, i, p); err != nil {
			return nil, fmt.Errorf("panel %q: %w", p.Title, err)
		}
	}
	return open.Board, open.ask(ctx)
}

// opening is the work of Open.
type opening struct {
	*Board
	source  source.Source
	samples atomic.Int64                       // of the answers so far
	texts   atomic.Int64                       // bytes of the queries and legends so far
	scopes  map[*grafana.Section]view.Resolved // the variables of a tab or row, and of the board around it
}

// scope resolves the variables that a panel within a section sees.
func (o *opening) scope(ctx context.Context, within *grafana.Section, b grafana.Board) (view.Resolved, error) {
	if s, ok := o.scopes[within]; ok {
		return s, nil
	}
	free, err := o.slot(ctx)
	if err != nil {
		return view.Resolved{}, err
	}
	defer free()
	times := query.Times{From: o.From, To: o.To, Scrape: o.Scrape}
	resolved, err := view.Resolve(ctx, b, Lookup{o.source}, o.Chosen, times)
	o.scopes[within] = resolved
	return resolved, err
}

// panel adds all copies of a panel, without answers.
func (o *opening) panel(ctx context.Context, index int, p grafana.Panel) error {
	s, err := o.scope(ctx, innermost(o.Board.Board, p), o.For(p))
	if err != nil {
		return err
	}
	copies, _ := view.Copies(p, s.Values, min(maxCopies, maxShown-len(o.Shown)))
	for i, values := range copies {
		shown := Panel{Panel: p, Index: index, Copy: i, Copies: len(copies), Values: values}
		shown.From, shown.To = o.span(shown)
		shown.Queries = queries(shown)
		o.Shown = append(o.Shown, shown)
	}
	return nil
}

// innermost returns the innermost tab or row around a panel that has variables of its own.
func innermost(b grafana.Board, p grafana.Panel) (own *grafana.Section) {
	for _, section := range p.Within {
		for _, v := range b.Variables {
			if v.Section == section {
				own = section
			}
		}
	}
	return own
}
