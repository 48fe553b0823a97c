// Package preview shows boards as a page in the browser, over any source of series: the boards of files, drawn by package
// draw or, for time series, by uPlot from the same numbers; with their variables, what verify says of each panel, and the
// alerts that would fire. It answers only reads, from its own page. It does not fill the source, run commands or know how
// to draw a panel.
package preview

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"gaugewright/internal/observe"
	"gaugewright/internal/report"
	"gaugewright/internal/source"
	"gaugewright/internal/verify"
)

// Options are what the page shows.
type Options struct {
	Source  source.Source
	Scrape  time.Duration       // the data source's scrape interval
	Every   time.Duration       // how often there are new samples; ranges end at a multiple of it, so that lines do not tremble
	Now     func() time.Time    // the clock
	Begun   time.Time           // when the observation began, where it was too short for verify to judge all; else zero
	Pages   observe.Pages       // what the target's pages say
	Rejudge time.Duration       // how often verify looks anew; 0: only when boards change, so as not to burden a server
	Redact  func(string) string // takes secrets out of a text; nil where there are none
}

// Preview is a page and what it shows. Several goroutines may use it.
type Preview struct {
	Options
	slots chan struct{} // one for each question that is asked, and each board that is drawn, at the same time

	mu       sync.RWMutex // guards the fields below
	files    verify.Files
	boards   []board
	version  int               // counts the changes of the fields around it
	problems map[string]string // by what has them
	judged   chan struct{}     // asks for a verdict
	verdicts verdicts
	isJudged bool // the verdicts are those of the boards
}

// board is a board of the page.
type board struct {
	verify.Board
	key    string         // in addresses: its uid, or else where it is
	places []report.Place // of each panel, as verify names it
}

// New returns a page without boards.
func New(o Options) *Preview {
	return &Preview{
		Options: o, problems: map[string]string{}, judged: make(chan struct{}, 1),
		slots: make(chan struct{}, max(1, o.Source.Parallel())),
	}
}

// Show makes the page show the boards and rules of these files.
func (p *Preview) Show(files verify.Files) {
	boards := keyed(files.Boards)
	p.change(func() { p.files, p.boards, p.verdicts, p.isJudged = files, boards, nil, false })
	var unread string
	if len(files.Unread) > 0 {
		first := files.Unread[0]
		unread = fmt.Sprintf("%s: %s", first.Place, first.Text)
	}
	p.Trouble("files", unread)
	select {
	case p.judged <- struct{}{}:
	default: // it is asked for already
	}
}

// keyed gives each board a key that no other has. Overviews come first: the first board is what a viewer sees first.
func keyed(all []verify.Board) []board {
	isOverview := func(b verify.Board) int {
		if strings.Contains(strings.ToLower(b.Title), "overview") {
			return 0
		}
		return 1
	}
	placed := make([]board, 0, len(all))
	numbers := map[report.Place]int{}
	for _, b := range all {
		placed = append(placed, board{Board: b, places: places(b, numbers)})
	}
	slices.SortStableFunc(placed, func(a, b board) int { return isOverview(a.Board) - isOverview(b.Board) })
	used := map[string]int{}
	for i, b := range placed {
		key := b.UID
		if key == "" || used[key] > 0 {
			key = b.Path
		}
		used[key]++
		if n := used[key]; n > 1 {
			key = fmt.Sprintf("%s#%d", key, n)
		}
		placed[i].key = key
	}
	return placed
}

// Trouble makes the page say what is wrong with something, such as the target, until it is called with an empty text.
func (p *Preview) Trouble(of, text string) {
	p.mu.RLock()
	isSame := p.problems[of] == text
	p.mu.RUnlock()
	if isSame {
		return
	}
	p.change(func() {
		delete(p.problems, of)
		if text != "" {
			p.problems[of] = text
		}
	})
}

// change changes what the page shows; the page asks for it again.
func (p *Preview) change(do func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	do()
	p.version++
}

// find returns the board with a key, the first one for an empty key.
func (p *Preview) find(key string) (board, bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	for _, b := range p.boards {
		if key == "" || b.key == key {
			return b, true
		}
	}
	return board{}, false
}

// busy waits for a slot, and returns what gives it back.
func (p *Preview) busy(ctx context.Context) (func(), error) {
	select {
	case p.slots <- struct{}{}:
		return func() { <-p.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
