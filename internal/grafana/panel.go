package grafana

import (
	"encoding/json"
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
	NoValue         string // shown where a value is missing
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
	all := r.nested(r.board.At("panels"), "", "", 0)
	for _, row := range r.board.At("rows").List() { // schema 15 and before
		all = append(all, r.nested(row.At("panels"), row.At("title").Text(), row.At("repeat").Text(), 1)...)
	}
	return all
}

// nested returns the panels of a list. An open row holds the panels after it; a collapsed row holds those inside it.
func (r reader) nested(list Node, row, repeat string, depth int) []Panel {
	if depth > maxNesting {
		return nil
	}
	var all []Panel
	for _, n := range list.List() {
		switch {
		case n.Object() == nil:
		case n.At("type").Text() == "row":
			row, repeat = n.At("title").Text(), n.At("repeat").Text()
			all = append(all, r.nested(n.At("panels"), row, repeat, depth+1)...)
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

func (r reader) panel(n Node) Panel {
	if model := n.At("libraryPanel", "model"); model.Object() != nil && !n.At("targets").Exists() {
		n = model
	}
	defaults := n.At("fieldConfig", "defaults")
	p := Panel{
		ID:            n.At("id").Int(),
		Title:         n.At("title").Text(),
		Type:          n.At("type").Text(),
		Unit:          defaults.At("unit").Text(),
		NoValue:       defaults.At("noValue").Text(),
		Interval:      n.At("interval").Text(),
		MaxDataPoints: n.At("maxDataPoints").Int(),
		Repeat:        n.At("repeat").Text(),
	}
	for i, target := range n.At("targets").List() {
		if target.Object() != nil {
			p.Targets = append(p.Targets, r.target(target, n, i))
		}
	}
	r.mark(p.Targets, n)
	if library := n.At("libraryPanel"); library.Object() != nil && p.Targets == nil {
		p.Library = library.At("name").Text()
		if p.Library == "" {
			p.Library = library.At("uid").Text()
		}
		if p.Title == "" {
			p.Title = p.Library
		}
	}
	p.Overrides = overrides(n)
	for _, t := range n.At("transformations").List() {
		if t.Object() != nil && !t.At("disabled").Bool() {
			p.Transformations = append(p.Transformations, Transformation{
				ID: t.At("id").Text(), Options: t.At("options").Value, Partial: t.At("filter").Exists(),
			})
		}
	}
	return p
}

func (r reader) target(n, panel Node, position int) Target {
	t := Target{
		RefID:    n.At("refId").Text(),
		Expr:     n.At("expr").Text(),
		Legend:   n.At("legendFormat").Text(),
		Format:   n.At("format").Text(),
		Instant:  n.At("instant").Bool(),
		Range:    n.At("range").Bool(),
		Hidden:   n.At("hide").Bool(),
		Interval: n.At("interval").Text(),
		Factor:   min(max(1, n.At("intervalFactor").Int()), maxFactor),
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
func overrides(panel Node) []Override {
	var all []Override
	for _, o := range panel.At("fieldConfig", "overrides").List() {
		if o.Object() != nil {
			all = append(all, Override{Matcher: o.At("matcher", "id").Text(), Options: o.At("matcher", "options").Value})
		}
	}
	for _, o := range panel.At("seriesOverrides").List() {
		alias := o.At("alias").Text()
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

// inJSON returns a value as JSON.
func inJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}
