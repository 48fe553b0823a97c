package panel

import (
	"errors"
	"fmt"
	"hash/fnv"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// Board is the contents of a dashboard: titled rows of lines of panels, in reading order.
type Board struct {
	head      *dashboard.DashboardBuilder
	rows      []row
	processes processes
}

type row struct {
	title string
	lines []line
}

type line struct {
	height uint32
	panels []cog.Builder[dashboard.Panel]
}

// NewBoard starts a board from a builder with everything but the panels: uid, title, variables.
func NewBoard(head *dashboard.DashboardBuilder) *Board { return &Board{head: head} }

// Row starts a titled row.
func (b *Board) Row(title string) *Board {
	b.rows = append(b.rows, row{title: title})
	return b
}

// Line puts panels of one height side by side, from the left edge to the right. Those that set no Span share what the
// others leave.
func (b *Board) Line(height uint32, panels ...cog.Builder[dashboard.Panel]) *Board {
	if len(b.rows) == 0 {
		b.Row("") // refused by Build
	}
	last := &b.rows[len(b.rows)-1]
	last.lines = append(last.lines, line{height, panels})
	return b
}

// Build lays the board out. The error holds every mistake of every panel, each with the board, the panel and, where an
// expression is at fault, the file and line.
func (b *Board) Build() (dashboard.Dashboard, error) {
	board, err := b.head.Build()
	if err != nil {
		return dashboard.Dashboard{}, err
	}
	if board.Uid == nil || *board.Uid == "" {
		return dashboard.Dashboard{}, errors.New("a board needs a uid")
	}
	l := layout{uid: *board.Uid, ids: map[uint32]string{}}
	for _, row := range b.rows {
		l.row(row)
	}
	if len(l.errs) > 0 {
		return dashboard.Dashboard{}, fmt.Errorf("board %s: %w", *board.Uid, errors.Join(l.errs...))
	}
	board.Panels = l.panels
	variables, err := b.processes.variables(l.panels)
	if err != nil {
		return dashboard.Dashboard{}, fmt.Errorf("board %s: %w", *board.Uid, err)
	}
	board.Templating.List = append(board.Templating.List, variables...)
	showControls(board)
	return board, nil
}

// showControls puts links and annotation switches above the panels, where a reader sees them: the SDK's default hides them
// in a menu.
func showControls(board dashboard.Dashboard) {
	for i := range board.Links {
		board.Links[i].Placement = nil
	}
	for i := range board.Annotations.List {
		board.Annotations.List[i].Placement = nil
	}
}

// id is a panel's id: made from what names the panel, so that a panel put before it does not change it. Positive and
// below 2^31, as Grafana's own ids are.
func id(parts ...string) uint32 {
	h := fnv.New32a()
	for _, part := range parts {
		fmt.Fprintf(h, "%s\x00", part)
	}
	return h.Sum32()&0x7fffffff | 1
}
