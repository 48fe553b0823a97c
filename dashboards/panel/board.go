package panel

import (
	"errors"
	"fmt"
	"slices"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// Board is a dashboard: titled rows of lines of panels, in reading order, and what is above them.
type Board struct {
	head      *dashboard.DashboardBuilder
	rows      []row
	processes processes
	at        place
	errs      []error // of what is above the rows
}

type row struct {
	title  string
	repeat string // the variable
	lines  []line
	at     place
}

type line struct {
	height uint32
	panels []cog.Builder[dashboard.Panel]
	at     place
}

// NewBoard starts a board from a builder that has everything but the panels: uid, title, variables. From then on the
// board owns the builder.
func NewBoard(head *dashboard.DashboardBuilder) *Board { return &Board{head: head, at: caller()} }

// Row starts a titled row.
func (b *Board) Row(title string) *Board {
	b.rows = append(b.rows, row{title: title, at: caller()})
	return b
}

// Repeat shows the last row once for each value that the reader chose in a variable. The row's title and panels use
// the variable. To repeat a panel, use the SDK's own Repeat.
func (b *Board) Repeat(variable string) *Board {
	if len(b.rows) == 0 {
		b.errs = append(b.errs, caller().mistake("there is no row to repeat: start one with Row"))
		return b
	}
	b.rows[len(b.rows)-1].repeat = variable
	return b
}

// Line puts panels of one height side by side, from left to right. Panels without a Span share the rest of the width.
func (b *Board) Line(height uint32, panels ...cog.Builder[dashboard.Panel]) *Board {
	at := caller()
	if len(b.rows) == 0 {
		b.errs = append(b.errs, at.mistake("a line needs a row: start one with Row"))
		return b
	}
	last := &b.rows[len(b.rows)-1]
	last.lines = append(last.lines, line{height, panels, at})
	return b
}

// Build lays out the board. The error lists every mistake of every panel, each with the board, the row, the panel,
// the file and the line.
func (b *Board) Build() (dashboard.Dashboard, error) {
	board, err := b.head.Build()
	if err != nil {
		return dashboard.Dashboard{}, err
	}
	if board.Uid == nil || *board.Uid == "" {
		return dashboard.Dashboard{}, b.at.mistake("a board needs a uid")
	}
	l := newLayout(board, b.processes)
	l.errs = slices.Concat(b.errs, l.head(board, b.where()))
	if len(b.rows) == 0 && len(b.errs) == 0 {
		l.errs = append(l.errs, b.at.mistake("a board needs a row: start one with Row"))
	}
	for _, row := range b.rows {
		l.row(row)
	}
	variables, err := b.processes.variables(l.panels)
	if err != nil {
		l.errs = append(l.errs, err)
	}
	l.errs = append(l.errs, l.unknown("variables", variables, "", b.where())...)
	if len(l.errs) > 0 {
		return dashboard.Dashboard{}, fmt.Errorf("board %s: %w", *board.Uid, errors.Join(l.errs...))
	}
	board.Panels = l.panels
	board.Templating.List = slices.Concat(board.Templating.List, variables)
	return withControls(board), nil
}

// where returns the place for a mistake above the rows: where the rows are written, since NewBoard may be called for
// several boards.
func (b *Board) where() place {
	if len(b.rows) > 0 {
		return b.rows[0].at
	}
	return b.at
}

// withControls puts links and annotation switches above the panels, where a reader sees them. The SDK's default hides
// them in a menu.
func withControls(board dashboard.Dashboard) dashboard.Dashboard {
	board.Links = slices.Clone(board.Links)
	for i := range board.Links {
		board.Links[i].Placement = nil
	}
	board.Annotations.List = slices.Clone(board.Annotations.List)
	for i := range board.Annotations.List {
		board.Annotations.List[i].Placement = nil
	}
	return board
}
