package panel

import (
	"errors"
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// columns is the width of Grafana's grid.
const columns = 24

// layout places a board's panels on the grid, from the top down.
type layout struct {
	uid    string
	y      uint32
	panels []dashboard.PanelOrRowPanel
	ids    map[uint32]string // who has the id
	errs   []error
}

// row places a row's title and, below it, its lines. A row of which nothing is left has no title either.
func (l *layout) row(r row) {
	top, before := l.y, len(l.panels)
	l.title(r.title)
	for _, line := range r.lines {
		l.line(r.title, line)
	}
	if len(l.panels) == before+1 && len(r.lines) > 0 {
		l.panels, l.y = l.panels[:before], top
	}
}

func (l *layout) title(title string) {
	built, err := dashboard.NewRowBuilder(title).
		Id(l.id(fmt.Sprintf("row %q", title), title)).
		GridPos(dashboard.GridPos{W: columns, H: 1, Y: l.y}).
		Build()
	if title == "" {
		err = errors.New("a row needs a title, and a line needs a row")
	}
	if err != nil {
		l.errs = append(l.errs, err)
	}
	l.panels = append(l.panels, dashboard.PanelOrRowPanel{RowPanel: &built})
	l.y++
}

// line places panels side by side.
func (l *layout) line(row string, line line) {
	var panels []dashboard.Panel
	mistakes := len(l.errs)
	for _, builder := range line.panels {
		panel, err := builder.Build()
		if leftOut(err) {
			continue
		}
		if err != nil {
			l.errs = append(l.errs, reasons(row, err))
			continue
		}
		name := *panel.Title
		panel.Id = cog.ToPtr(l.id(fmt.Sprintf("panel %q in row %q", name, row), row, name))
		panels = append(panels, panel)
	}
	if len(panels) == 0 || len(l.errs) > mistakes {
		return
	}
	if len(panels) < len(line.panels) {
		spread(panels)
	}
	if err := place(panels, l.y, line.height); err != nil {
		l.errs = append(l.errs, fmt.Errorf("row %q: %w", row, err))
	}
	for i := range panels {
		l.panels = append(l.panels, dashboard.PanelOrRowPanel{Panel: &panels[i]})
	}
	l.y += line.height
}

// spread lets the panels that are left of a line share it as evenly as its columns allow.
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

// place gives panels their positions on a line that they fill exactly.
func place(panels []dashboard.Panel, y, height uint32) error {
	left, unset := uint32(columns), uint32(0)
	for _, panel := range panels {
		if panel.GridPos == nil {
			unset++
		} else {
			left -= min(panel.GridPos.W, left)
		}
	}
	if unset > 0 && (left == 0 || left%unset != 0) || unset == 0 && left > 0 {
		return fmt.Errorf("the panels do not fill the line's %d columns: %d left for %d panels", columns, left, unset)
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
		return fmt.Errorf("the panels take %d of the line's %d columns", x, columns)
	}
	return nil
}

// id makes an id and refuses one that is taken.
func (l *layout) id(who string, parts ...string) uint32 {
	made := id(append([]string{l.uid}, parts...)...)
	if other, taken := l.ids[made]; taken {
		l.errs = append(l.errs, fmt.Errorf("%s and %s have the same id: give one another title", other, who))
	}
	l.ids[made] = who
	return made
}

// reasons are the mistakes of one panel, each of which names it, without the SDK's paths.
func reasons(row string, err error) error {
	var mistakes cog.BuildErrors
	if !errors.As(err, &mistakes) {
		return fmt.Errorf("row %q: %w", row, err)
	}
	var errs []error
	for _, mistake := range mistakes {
		errs = append(errs, fmt.Errorf("row %q: %s", row, mistake.Message))
	}
	return errors.Join(errs...)
}
