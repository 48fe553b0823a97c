package diff

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
)

// tidyBoard gives both forms, and boards of all ages, the same leaves.
func tidyBoard(top *part, rows map[*grafana.Section]*part) {
	tidyLayout(top, top.board.Layout)
	if top.get("refresh") == (value{grafana.Boolean, "false"}) {
		top.drop("refresh")
	}
	choose(top, "graphTooltip")
	for s, row := range rows {
		tidyLayout(row, s.Layout)
		if s.Node == nil { // v2 writes the panels before the first row as a row without a header
			row.set("hideHeader", value{grafana.Boolean, "true"})
		}
		for _, v := range row.of(aVariable) {
			tidyVariable(v)
		}
	}
	lowest := rowTops(top)
	for _, p := range top.parts {
		switch p.kind {
		case aPanel:
			tidyPanel(p, lowest[p.row])
		case aVariable:
			tidyVariable(p)
		case anAnnotation:
			tidySource(p)
			p.rename("target.expr", "expr")
			if v := p.get("builtIn"); v.text == "0" || v.text == "1" {
				p.set("builtIn", value{grafana.Boolean, strconv.FormatBool(v.text == "1")})
			}
		}
	}
}

var layoutKinds = map[string]grafana.LayoutKind{
	"GridLayout": grafana.Grid, "RowsLayout": grafana.Rows, "TabsLayout": grafana.Tabs,
	"AutoGridLayout": grafana.AutoGridLayout, "ResponsiveGridLayout": grafana.AutoGridLayout,
}

func tidyLayout(p *part, l grafana.Layout) {
	written := p.get("layout.kind")
	if kind, isKnown := layoutKinds[written.text]; isKnown || written == (value{}) {
		p.set("layout.kind", value{grafana.String, string(cmp.Or(kind, l.Kind, grafana.Grid))})
	}
}

// rowTops returns where the panels of each row begin in a classic board, whose positions count from the board's top.
func rowTops(top *part) map[*part]int {
	tops := map[*part]int{}
	for _, p := range top.of(aPanel) {
		row := p.row
		if row == nil || row.node == nil || top.board.V2 || p.panel.Position == nil {
			continue
		}
		y := p.panel.Position.Y
		if at := row.node.At("gridPos", "y"); at.Exists() {
			y = at.Int() + 1
		} else if first, ok := tops[row]; ok {
			y = min(y, first)
		}
		tops[row] = y
	}
	return tops
}

func tidyPanel(p *part, lowest int) {
	tidyLibrary(p)
	if at := p.panel.Position; at != nil {
		p.at = &grafana.Position{X: at.X, Y: at.Y - lowest, W: at.W, H: at.H}
		if y := p.get("gridPos.y"); y.text == strconv.Itoa(at.Y) && y.kind == grafana.Number {
			p.set("gridPos.y", value{grafana.Number, strconv.Itoa(p.at.Y)})
		}
	}
	p.rename("vizConfig.kind", "type")
	tidyOldTypes(p)
	p.drop("fieldConfig.defaults.thresholds.steps[0].value") // which Grafana does not read
	tidySource(p)
	for _, q := range p.of(aQuery) {
		q.set("refId", value{grafana.String, q.name})
		tidySource(q)
		if q.get("query.kind").text != "DataQuery" { // v2alpha1 has the data source's type there
			q.rename("query.kind", "datasource.type")
		}
		if q.get("datasource.type") == (value{}) && q.get("datasource.uid") == (value{}) {
			for _, path := range []string{"datasource.type", "datasource.uid"} {
				if v := p.get(path); v != (value{}) {
					q.set(path, v)
				}
			}
		}
		if q.get("range") == (value{}) && q.target.Skip == "" {
			q.set("range", value{grafana.Boolean, strconv.FormatBool(q.target.Range)})
		}
	}
	for _, t := range p.of(aTransformation) {
		t.rename("kind", "id")
	}
}

// tidyLibrary writes the content of a library panel as what the panel shows.
func tidyLibrary(p *part) {
	if !p.leadsTo("libraryPanel.model") {
		return
	}
	has := map[string]bool{}
	for _, l := range p.leaves {
		has[l.path] = true
	}
	for i := range p.leaves {
		if path, isContent := strings.CutPrefix(p.leaves[i].path, "libraryPanel.model."); isContent && !has[path] {
			delete(has, p.leaves[i].path)
			p.leaves[i].path, has[path] = path, true
		}
	}
}

// tidySource writes a data source that is only named as others are written.
func tidySource(p *part) { p.rename("datasource", "datasource.uid") }

func tidyVariable(p *part) {
	tidySource(p)
	paths := []string{"query.query", "query.expr", "query.__legacyStringValue"}
	if p.leadsTo("query") { // a form, whose text may be saved beside it
		paths = append(paths, "definition")
	}
	for _, path := range paths {
		p.rename(path, "query")
	}
	if p.get("definition") == p.get("query") {
		p.drop("definition")
	}
	if kind := p.drop("kind"); kind != (value{}) {
		name := strings.ToLower(strings.TrimSuffix(kind.text, "Variable"))
		if name == "text" {
			name = "textbox"
		}
		p.set("type", value{grafana.String, name})
	} else if p.get("type") == (value{}) {
		p.set("type", value{grafana.String, "query"})
	}
	for path := range choices {
		choose(p, path)
	}
	for _, path := range []string{"current.text", "current.value"} { // one choice of several is a list of one
		if v := p.get(path); v.kind == grafana.List && !strings.ContainsAny(v.text, `,"`) {
			p.set(path, value{grafana.String, v.text})
		}
	}
}

// choose writes a choice as classic boards do.
func choose(p *part, path string) {
	v := p.get(path)
	if i := slices.Index(choices[path], v.text); i >= 0 && v.kind == grafana.String {
		p.set(path, value{grafana.Number, strconv.Itoa(i)})
	}
}
