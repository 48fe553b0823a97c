package grafana

import (
	"fmt"
	"strings"
)

// Panel is a panel of a board, not a row.
type Panel struct {
	ID              int    // 0 where the file has none
	Row             string // the title of its row
	Title, Type     string
	Targets         []Target
	Unit            string
	NoValue         string   // shown where a value is missing
	Calcs           []string // what a panel of single values shows of each series; none is the last value
	Overrides       []Override
	Transformations []Transformation
	Interval        string // the smallest step, "1m" or ">1m"; empty where the data source decides
	MaxDataPoints   int    // 0 where the panel's width decides
	Repeat          string // the panel, or its row, is repeated for each value of this variable
	Library         string // the name of the library panel that this panel refers to
}

// Target is a query of a panel.
type Target struct {
	RefID, Expr, Legend string
	Format              string // time_series, table, heatmap; empty is time_series
	Instant, Range      bool   // evaluated at one time, over the range; at least one of them
	Hidden              bool
	Needed              bool   // an expression of Grafana's in this panel uses it; it may be hidden
	Interval            string // the smallest step
	Factor              int    // of old boards: multiplies the step; 1 by default
	Skip                string // why this is not a query for Prometheus; empty where it is one
}

// Override changes how the fields found by its matcher are displayed.
type Override struct {
	Matcher string // byName, byRegexp, ...
	Options any    // of the matcher, as in the JSON
}

// Transformation changes the fields of a panel, in the order of the list.
type Transformation struct {
	ID      string // organize, merge, ...
	Options any
	Partial bool // it applies to some of the queries' results only
}

// maxFactor bounds Target.Factor. Grafana's editor offered up to 10.
const maxFactor = 1000

// maxNesting bounds how deep rows may be nested. Grafana has one level.
const maxNesting = 3

func (r reader) panels() []Panel {
	all := r.nested(r.board.at("panels"), "", "", 0)
	for _, row := range r.board.at("rows").list() { // schema 15 and before
		all = append(all, r.nested(row.at("panels"), row.at("title").text(), row.at("repeat").text(), 1)...)
	}
	return all
}

// nested returns the panels of a list. An open row holds the panels after it; a collapsed row holds those inside it.
func (r reader) nested(list node, row, repeat string, depth int) []Panel {
	if depth > maxNesting {
		return nil
	}
	var all []Panel
	for _, n := range list.list() {
		switch {
		case n.object() == nil:
		case n.at("type").text() == "row":
			row, repeat = n.at("title").text(), n.at("repeat").text()
			all = append(all, r.nested(n.at("panels"), row, repeat, depth+1)...)
		default:
			p := r.panel(n)
			p.Row = row
			if p.Repeat == "" {
				p.Repeat = repeat
			}
			all = append(all, p)
		}
	}
	return all
}

func (r reader) panel(n node) Panel {
	if model := n.at("libraryPanel", "model"); model.object() != nil && !n.at("targets").exists() {
		n = model
	}
	defaults := n.at("fieldConfig", "defaults")
	p := Panel{
		ID:            n.at("id").int(),
		Title:         n.at("title").text(),
		Type:          n.at("type").text(),
		Unit:          defaults.at("unit").text(),
		NoValue:       defaults.at("noValue").text(),
		Calcs:         n.at("options", "reduceOptions", "calcs").texts(),
		Interval:      n.at("interval").text(),
		MaxDataPoints: n.at("maxDataPoints").int(),
		Repeat:        n.at("repeat").text(),
	}
	for i, target := range n.at("targets").list() {
		if target.object() != nil {
			p.Targets = append(p.Targets, r.target(target, n, i))
		}
	}
	r.mark(p.Targets, n)
	if library := n.at("libraryPanel"); library.object() != nil && p.Targets == nil {
		p.Library = library.at("name").text()
		if p.Library == "" {
			p.Library = library.at("uid").text()
		}
		if p.Title == "" {
			p.Title = p.Library
		}
	}
	p.Overrides = overrides(n)
	for _, t := range n.at("transformations").list() {
		if t.object() != nil && !t.at("disabled").bool() {
			p.Transformations = append(p.Transformations, Transformation{
				ID: t.at("id").text(), Options: t.at("options").value, Partial: t.at("filter").exists(),
			})
		}
	}
	return p
}

func (r reader) target(n, panel node, position int) Target {
	t := Target{
		RefID:    n.at("refId").text(),
		Expr:     n.at("expr").text(),
		Legend:   n.at("legendFormat").text(),
		Format:   n.at("format").text(),
		Instant:  n.at("instant").bool(),
		Range:    n.at("range").bool(),
		Hidden:   n.at("hide").bool(),
		Interval: n.at("interval").text(),
		Factor:   min(max(1, n.at("intervalFactor").int()), maxFactor),
	}
	if t.RefID == "" {
		t.RefID = refID(position)
	}
	t.Range = t.Range || !t.Instant
	t.Skip = r.skip(n, panel, t.Expr)
	return t
}

// refID returns the refId that Grafana gives to a query without one: A to Z, then AA.
func refID(position int) string {
	if position < 26 {
		return string(rune('A' + position))
	}
	return refID(position/26-1) + refID(position%26)
}

// overrides returns the panel's overrides, and their predecessors in graph panels: aliases by name or /pattern/.
func overrides(panel node) []Override {
	var all []Override
	for _, o := range panel.at("fieldConfig", "overrides").list() {
		if o.object() != nil {
			all = append(all, Override{Matcher: o.at("matcher", "id").text(), Options: o.at("matcher", "options").value})
		}
	}
	for _, o := range panel.at("seriesOverrides").list() {
		alias := o.at("alias").text()
		switch {
		case alias == "":
		case strings.HasPrefix(alias, "/"):
			all = append(all, Override{Matcher: "byRegexp", Options: alias})
		default:
			all = append(all, Override{Matcher: "byName", Options: alias})
		}
	}
	return all
}

// String names the override as Grafana's editor does.
func (o Override) String() string { return fmt.Sprintf("%s %s", o.Matcher, inJSON(o.Options)) }
