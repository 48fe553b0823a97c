package grafana

import (
	"fmt"
	"strings"
)

// Limits of what is read of a file. The largest public boards have 1 MiB, 50,000 values, 300 panels and 1,000 queries; a
// list of all boards of a company has hundreds of them.
const (
	maxBoards      = 1000      // of a file
	maxFilePanels  = 20_000    // of a file
	maxBoardValues = 256 << 10 // of a board
	maxParts       = 2000      // of each kind in a board: panels, rows, variables, annotations, links
	maxPanelParts  = 10_000    // of each kind in all panels of a board: queries, overrides, transformations
	maxErrors      = 100       // of a file
	maxLegend      = 64 << 10  // bytes of a query's legend, which each of its series makes a name of
)

// counts is how many parts of each kind a board has, up to the limits.
type counts struct {
	of   map[string]int // by kind; one more than the limit where there are more
	over []string       // the limits that are exceeded, such as "2000 panels", in the order of the board
}

// atMost counts parts of a kind, and returns those that are within the limit.
func (c *counts) atMost(kind string, most int, list []*Node) []*Node {
	if c.of == nil {
		c.of = map[string]int{}
	}
	rest := most - c.of[kind]
	if len(list) <= rest {
		c.of[kind] += len(list)
		return list
	}
	if c.of[kind] <= most {
		c.over = append(c.over, fmt.Sprintf("%d %s", most, kind))
	}
	c.of[kind] = most + 1
	return list[:max(0, rest)]
}

// total is what all boards of a file have together.
type total struct {
	boards, panels int
	errs           []error // what was left out
	isTold         bool    // that the file is full
}

// add counts a board that is read.
func (t *total) add(b Board, c counts) {
	t.boards++
	t.panels += len(b.Panels)
	if len(c.over) > 0 {
		t.errs = append(t.errs, fmt.Errorf("the board %.60q has more than %s, the limit: those over it are not read",
			b.Title, strings.Join(c.over, " and ")))
	}
}

// isFull reports whether no further board is read.
func (t *total) isFull() bool {
	if t.boards < maxBoards && t.panels < maxFilePanels {
		return false
	}
	if !t.isTold {
		t.isTold = true
		t.errs = append(t.errs, fmt.Errorf("more than %d boards or %d panels, the limits of a file: only the first %d boards are read",
			maxBoards, maxFilePanels, t.boards))
	}
	return true
}

// isTooLarge reports whether a board has more values than it may.
func (t *total) isTooLarge(board *Node) bool {
	if board.Size(maxBoardValues+1) <= maxBoardValues {
		return false
	}
	t.errs = append(t.errs, fmt.Errorf("the board %.60q has more than %d values, the limit: it is not read",
		board.At("title").Text(), maxBoardValues))
	return true
}
