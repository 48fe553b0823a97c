package draw

import (
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/opened"
)

// Place is where a panel, or the title of a row or tab, stands on a board, in pixels.
type Place struct {
	svg.Rect
	Panel *opened.Panel // nil for a title
	Title string        // of a row or tab
	Depth int           // how many rows and tabs are around it
}

// Places returns where everything of a board of such a width stands, in reading order, and how high the board is.
func Places(b *opened.Board, width float64) (all []Place, height float64) {
	found, height := places(b, 0, 0, width)
	for _, p := range found {
		all = append(all, Place{Rect: p.Rect, Panel: p.panel, Title: p.title, Depth: p.depth})
	}
	return all, height
}
