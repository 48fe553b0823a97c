package preview

import (
	"cmp"
	"fmt"
	"strings"

	"gaugewright/internal/draw"
	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
)

// The room that the page's own frame and title take of a panel, in pixels, and what a legend takes at most of the rest.
const (
	frameWidth  = 18
	frameHeight = 41
	legendPart  = 0.3
)

// panel draws a panel of such a size.
func (p *Preview) panel(open *opened.Board, shown opened.Panel, size draw.Size, b board, r request) *shownPanel {
	one := &shownPanel{
		Key: key(shown), Type: shown.Type, Description: shown.PutTitle(shown.Description), OwnRange: draw.OwnRange(shown),
		Gaps: []draw.Gap{}, Queries: []asked{}, Said: []said{},
	}
	size.W, size.H = max(1, size.W-frameWidth), max(1, size.H-frameHeight)
	one.draw(open, shown, size, r.draw())
	for _, q := range shown.Queries {
		one.Queries = append(one.Queries, asked{RefID: q.RefID, Expr: q.Expr, Text: q.Text, Step: q.Step.String(), Why: q.Why})
	}
	p.mu.RLock()
	defer p.mu.RUnlock()
	if of := p.verdicts[b.places[shown.Index]]; of != nil {
		one.Dead, one.Said = of.dead, of.said
	}
	return one
}

// draw draws the panel: its numbers, or a picture where the page does not draw the type or there is nothing to draw.
func (s *shownPanel) draw(open *opened.Board, shown opened.Panel, size draw.Size, options draw.Options) {
	if draw.HasSeries(shown) {
		data, gaps := draw.Series(open, shown, size.H*(1-legendPart), options)
		if len(data.Series) > 0 {
			s.Plot, s.Gaps = &data, append(s.Gaps, gaps...)
			return
		}
	}
	picture := draw.Panel(open, shown, size, options)
	s.SVG, s.Gaps = string(picture.SVG), append(s.Gaps, picture.Gaps...)
}

// key names a panel, or a copy of one, in addresses.
func key(p opened.Panel) string {
	if p.Copies > 1 {
		return fmt.Sprintf("%s.%d", name(p.Panel), p.Copy+1)
	}
	return name(p.Panel)
}

// name is the id of a panel, or where it has none, its title.
func name(p grafana.Panel) string {
	if p.ID != 0 {
		return fmt.Sprint(p.ID)
	}
	return cmp.Or(p.Element, "title:"+p.Title)
}

// isCopy reports whether a key names a panel or a copy of it.
func isCopy(key string, p grafana.Panel) bool {
	rest, ok := strings.CutPrefix(key, name(p))
	return ok && (rest == "" || rest[0] == '.')
}
