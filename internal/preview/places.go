package preview

import (
	"gaugewright/internal/draw"
	"gaugewright/internal/opened"
)

// narrow is the width, in pixels, below which panels stand one below the other.
const narrow = 600

// apart is the room between two panels that stand so, and tallest the height of one.
const (
	apart   = 8
	tallest = 360
)

// places returns where the panels stand: as the board says, or the only one that is shown on the whole page, or one below
// the other where there is no room for more.
func (r request) places(open *opened.Board) ([]draw.Place, float64) {
	all, height := draw.Places(open, r.width)
	switch {
	case r.panel != "":
		return r.alone(all)
	case r.width < narrow:
		return r.stacked(all)
	}
	return all, height
}

func (r request) alone(all []draw.Place) ([]draw.Place, float64) {
	for _, at := range all {
		if at.Panel != nil && key(*at.Panel) == r.panel {
			at.X, at.Y, at.W, at.H = 0, 0, r.width, r.height
			return []draw.Place{at}, r.height
		}
	}
	return nil, 0
}

// stacked places panels one below the other, and two small ones side by side.
func (r request) stacked(all []draw.Place) ([]draw.Place, float64) {
	isSmall := func(i int) bool { return i < len(all) && all[i].Panel != nil && all[i].W < r.width/4 }
	top := 0.0
	for i := 0; i < len(all); i++ {
		at := &all[i]
		pair := isSmall(i) && isSmall(i+1)
		at.X, at.Y, at.W, at.H = 0, top, r.width, min(at.H, tallest)
		if pair {
			at.W = (r.width - apart) / 2
			i++
			next := &all[i]
			next.X, next.Y, next.W, next.H = at.W+apart, top, at.W, at.H
		}
		top += at.H + apart
	}
	return all, top
}
