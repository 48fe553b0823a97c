package panel

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// spread shares the rest of a line between the panels without a Span, as evenly as its columns allow.
func spread(panels []dashboard.Panel) {
	n := uint32(len(panels))
	for i := range panels {
		width := columns / n
		if uint32(i) < columns%n {
			width++
		}
		panels[i].GridPos = &dashboard.GridPos{W: width}
	}
}

// fill sets the positions of panels that fill a line exactly.
func fill(panels []dashboard.Panel, y, height uint32) error {
	left, unset := uint32(columns), uint32(0)
	for _, panel := range panels {
		if panel.GridPos == nil {
			unset++
		} else {
			left -= min(panel.GridPos.W, left)
		}
	}
	if unset > 0 && (left == 0 || left%unset != 0) || unset == 0 && left > 0 {
		return fmt.Errorf("the panels do not fill the line's %d columns: %d left for %d panels: give them other Spans", columns, left, unset)
	}
	x := uint32(0)
	for i := range panels {
		width := left / max(unset, 1)
		if panels[i].GridPos != nil {
			width = panels[i].GridPos.W
		}
		panels[i].GridPos = &dashboard.GridPos{X: x, Y: y, W: width, H: height}
		x += width
	}
	if x != columns {
		return fmt.Errorf("the panels take %d of the line's %d columns: give them other Spans", x, columns)
	}
	return nil
}
