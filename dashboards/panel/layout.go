package panel

import (
	"fmt"
	"hash/fnv"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/promql"
)

// columns is the width of Grafana's grid.
const columns = 24

// layout places a board's panels on the grid, from the top down, and collects the board's mistakes.
type layout struct {
	uid       string
	variables []string // of the board
	reported  []string // variables that it does not have
	y         uint32
	panels    []dashboard.PanelOrRowPanel
	ids       map[uint32]string // the owner of each id
	rows      map[string]place  // by title
	titles    map[string]titled // the panels, by title
	errs      []error
}

// titled is where a panel's title is used.
type titled struct {
	row string
	at  place
}

func newLayout(board dashboard.Dashboard, processes processes) *layout {
	l := &layout{uid: *board.Uid, ids: map[uint32]string{}, rows: map[string]place{}, titles: map[string]titled{}}
	if processes.label != "" {
		l.variables = append(l.variables, show, promql.Shown)
	}
	for _, variable := range board.Templating.List {
		l.variables = append(l.variables, variable.Name)
	}
	return l
}

// wrong reports a mistake in a row.
func (l *layout) wrong(row string, at place, format string, args ...any) {
	l.errs = append(l.errs, fmt.Errorf("row %q: %w", row, at.mistake(format, args...)))
}

// row places a row's title and its lines below it. A row without any panels left has no title either.
func (l *layout) row(r row) {
	if len(r.lines) == 0 {
		l.wrong(r.title, r.at, "the row has no panels: give it a Line, or leave it out")
		return
	}
	top, before := l.y, len(l.panels)
	l.title(r)
	for _, line := range r.lines {
		l.line(r.title, line)
	}
	if len(l.panels) == before+1 {
		l.panels, l.y = l.panels[:before], top
	}
}

func (l *layout) title(r row) {
	switch other, taken := l.rows[r.title]; {
	case r.title == "":
		l.wrong(r.title, r.at, "a row needs a title")
	case taken:
		l.wrong(r.title, r.at, "two rows have this title: give one another, or put their lines together (the other is at %s)", other)
	}
	l.rows[r.title] = r.at
	builder := dashboard.NewRowBuilder(r.title).
		Id(l.id(r.at, fmt.Sprintf("row %q", r.title), r.title)).
		GridPos(dashboard.GridPos{W: columns, H: 1, Y: l.y})
	if r.repeat != "" {
		builder = builder.Repeat(r.repeat)
	}
	built, err := builder.Build()
	if err != nil {
		l.errs = append(l.errs, err)
	}
	l.errs = append(l.errs, l.unknown(fmt.Sprintf("row %q", r.title), built, r.repeat, r.at)...)
	l.panels = append(l.panels, dashboard.PanelOrRowPanel{RowPanel: &built})
	l.y++
}

// line places panels side by side.
func (l *layout) line(row string, line line) {
	before := len(l.errs)
	panels := l.build(row, line)
	if len(line.panels) == 0 {
		l.wrong(row, line.at, "the line has no panels: give it some, or leave it out")
	}
	if len(panels) == 0 || len(l.errs) > before {
		return
	}
	if len(panels) < len(line.panels) {
		spread(panels)
	}
	if err := fill(panels, l.y, line.height); err != nil {
		l.wrong(row, line.at, "%v", err)
	}
	for i := range panels {
		l.panels = append(l.panels, dashboard.PanelOrRowPanel{Panel: &panels[i]})
	}
	l.y += line.height
}

// build makes a line's panels, without those that are left out.
func (l *layout) build(row string, line line) []dashboard.Panel {
	var panels []dashboard.Panel
	for i, builder := range line.panels {
		if builder == nil {
			l.wrong(row, line.at, "panel %d of the line is nil", i+1)
			continue
		}
		panel, err := builder.Build()
		if err != nil {
			for _, mistake := range mistakes(err) {
				l.errs = append(l.errs, fmt.Errorf("row %q: %s", row, mistake.Message))
			}
			continue
		}
		if l.panel(row, &panel, line.at) {
			panels = append(panels, panel)
		}
	}
	return panels
}

// panel gives a panel its id, and reports whether it has no mistakes.
func (l *layout) panel(row string, panel *dashboard.Panel, at place) bool {
	before := len(l.errs)
	title, description := orEmpty(panel.Title), orEmpty(panel.Description)
	wrong := func(format string, args ...any) {
		l.errs = append(l.errs, fmt.Errorf("row %q: panel %q: %w", row, title, at.mistake(format, args...)))
	}
	if reason := unnamed(title, description); reason != "" && panel.Type != textPanel {
		wrong("%s", reason)
		return false
	}
	switch other, taken := l.titles[title]; {
	case taken && other.row == row:
		wrong("two panels of one title: give one another (the other is at %s)", other.at)
		return false
	case taken:
		wrong("one title in two rows, here and in %q: give one panel another (the other is at %s)", other.row, other.at)
		return false
	}
	l.titles[title] = titled{row, at}
	panel.Id = cog.ToPtr(l.id(at, fmt.Sprintf("panel %q in row %q", title, row), row, title))
	l.errs = append(l.errs, l.unknown(fmt.Sprintf("row %q: panel %q", row, title), *panel, orEmpty(panel.Repeat), at)...)
	return len(l.errs) == before
}

// orEmpty returns an SDK field that may be nil.
func orEmpty(field *string) string {
	if field == nil {
		return ""
	}
	return *field
}

// id makes an id from the names of the row or panel, so that a panel put before it does not change it. It is positive
// and below 2^31, like Grafana's own ids.
func (l *layout) id(at place, who string, parts ...string) uint32 {
	h := fnv.New32a()
	for _, part := range append([]string{l.uid}, parts...) {
		fmt.Fprintf(h, "%s\x00", part)
	}
	made := h.Sum32()&0x7fffffff | 1
	if other, taken := l.ids[made]; taken && other != who {
		l.errs = append(l.errs, at.mistake("%s and %s have the same id: give one another title", other, who))
	}
	l.ids[made] = who
	return made
}
