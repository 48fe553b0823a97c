package diff

import (
	"fmt"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
)

// boardPart makes the parts of a board. Every value of its document is a leaf of one of them.
func boardPart(b grafana.Board, s *space) *part {
	w := &walker{owners: map[*grafana.Node]owner{}, constants: constants(b), space: s}
	top := &part{kind: aBoard, name: b.Title, id: b.UID, node: b.Node, board: &b}
	w.owners[b.Document] = owner{part: top, names: boardNames}
	for i := range b.Panels {
		w.panel(top, &b.Panels[i])
	}
	rows := w.rows(top, b)
	for _, v := range b.Variables {
		holder := top
		if v.Section != nil {
			holder = rows[v.Section]
		}
		w.own(holder, aVariable, v.Name, v.Node, variableNames)
	}
	for _, a := range b.Annotations {
		own := w.own(top, anAnnotation, a.Name, a.Node, annotationNames)
		own.expr, own.target = a.Expr, &grafana.Target{Skip: a.Skip}
	}
	w.walk(b.Document, owner{}, "")
	tidyBoard(top, rows)
	top.sort()
	return top
}

// constants replaces the constants of an export, as Grafana's import does.
func constants(b grafana.Board) *strings.Replacer {
	var pairs []string
	for _, input := range b.Inputs {
		if input.Type == "constant" {
			pairs = append(pairs, "${"+input.Name+"}", input.Value)
		}
	}
	if pairs == nil {
		return nil
	}
	return strings.NewReplacer(pairs...)
}

func (w *walker) own(parent *part, k kind, name string, n *grafana.Node, names map[string]string) *part {
	p := parent.add(&part{kind: k, name: name, node: n})
	if _, isTaken := w.owners[n]; n != nil && !isTaken {
		w.owners[n] = owner{part: p, names: names}
	}
	return p
}

// rows makes the parts of the rows and tabs, and gives their panels to them.
func (w *walker) rows(top *part, b grafana.Board) map[*grafana.Section]*part {
	rows := map[*grafana.Section]*part{}
	panels := top.of(aPanel)
	var visit func(l grafana.Layout, row *part)
	visit = func(l grafana.Layout, row *part) {
		for _, s := range l.Sections {
			name := s.Title
			if row != nil && row.name != "" {
				name = row.name + " / " + name
			}
			own := w.own(top, aRow, name, s.Node, rowNames)
			own.row, own.isTab = row, l.Kind == grafana.Tabs
			rows[s] = own
			visit(s.Layout, rows[s])
		}
		for _, item := range l.Items {
			p := panels[item.Panel]
			p.row = row
			if item.Node != nil {
				w.owners[item.Node] = owner{part: p, names: itemNames, base: p.again}
				p.again = "again" // an element may be shown twice
			}
		}
	}
	visit(b.Layout, nil)
	return rows
}

func (w *walker) panel(top *part, p *grafana.Panel) {
	own := w.own(top, aPanel, p.Title, p.Node, panelNames)
	own.panel = p
	if p.ID != 0 {
		own.id = strconv.Itoa(p.ID)
	}
	if !isInside(p.Content, p.Node) {
		return // an export has library panels beside the panels, for all that refer to one
	}
	for _, t := range p.Targets {
		q := w.own(own, aQuery, t.RefID, t.Node, queryNames)
		q.expr, q.target = t.Expr, &t
	}
	times := map[string]int{}
	for _, t := range p.Transformations {
		times[t.ID]++
		w.own(own, aTransformation, fmt.Sprintf("%s %d", t.ID, times[t.ID]), t.Node, transformationNames).id = t.ID
	}
	for _, o := range p.Overrides {
		w.own(own, anOverride, o.String(), o.Node, nil)
	}
}

// isInside reports whether a node is another one or a part of it.
func isInside(n, around *grafana.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n == around {
			return true
		}
	}
	return false
}
