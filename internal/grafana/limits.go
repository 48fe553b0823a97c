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
	maxPanels      = 2000      // of a board; likewise rows, variables, annotations and links
	maxQueries     = 10_000    // of a board's panels; likewise overrides and transformations
	maxErrors      = 100       // of a file
	maxLegend      = 64 << 10  // bytes of a query's legend, which each of its series makes a name of
)

// left counts the parts of a board, so that no kind of them is more than it may be.
type left struct {
	counted map[string]int
	over    []string // the kinds of which there are more, in the order of the board
}

// atMost returns those of a kind's parts that are within the limit.
func (l *left) atMost(kind string, most int, list []*Node) []*Node {
	if l.counted == nil {
		l.counted = map[string]int{}
	}
	rest := most - l.counted[kind]
	if len(list) > rest {
		if l.counted[kind] <= most {
			l.over = append(l.over, fmt.Sprintf("%d %s", most, kind))
		}
		l.counted[kind] = most + 1
		return list[:max(0, rest)]
	}
	l.counted[kind] += len(list)
	return list
}

// total counts what a file has in all of its boards.
type total struct {
	boards, panels int
	errs           []error // what was left out
	isTold         bool    // that there are more
}

func (t *total) add(b Board, l left) {
	t.boards++
	t.panels += len(b.Panels)
	if len(l.over) > 0 {
		t.errs = append(t.errs, fmt.Errorf("the board %.60q has more than %s, the limit: those over it are not read",
			b.Title, strings.Join(l.over, " and ")))
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
