package lint

import (
	"regexp"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/wildcard"
)

// unitPanels are the panels whose unit is that of all their values. In others, such as heatmaps, it is for something else.
var unitPanels = []string{"timeseries", "stat", "gauge", "bargauge", "graph", "singlestat", "barchart", "piechart"}

// otherQuantity are the calculations whose result does not have the unit of the values.
var otherQuantity = []string{"count", "changeCount", "distinctCount", "uniqueValues", "allIsZero", "allIsNull", "diffperc", "variance"}

// shownUnit is the unit that a query's values are shown in.
type shownUnit struct {
	id string
	at *grafana.Node // what has the id
}

// unit returns the unit of a query's values. It returns false where that is not certain: where a transformation makes other
// values, or an override may be for this query's series and may not.
func (q *Query) unit() (shownUnit, bool) {
	if q.Panel == nil || !q.Panel.showsValues() {
		return shownUnit{}, false
	}
	shown := shownUnit{q.Panel.Defaults.Unit, q.Panel.unitNode()}
	for _, o := range q.Panel.Overrides {
		unit, changes := unitIn(o)
		if !changes {
			continue
		}
		switch q.matches(o) {
		case maybe:
			return shownUnit{}, false
		case yes:
			if unit == nil {
				return shownUnit{}, false
			}
			shown = shownUnit{unit.Text(), unit}
		}
	}
	return shown, true
}

// showsValues reports whether the panel's unit is for the values that its queries have.
func (p *Panel) showsValues() bool {
	isTable := p.Type == "table" && len(p.Queries) == 1 && !p.Content.At("styles").Exists() // old tables have units in their styles
	if !slices.Contains(unitPanels, p.Type) && !isTable ||
		slices.ContainsFunc(p.Calcs, func(calc string) bool { return slices.Contains(otherQuantity, calc) }) {
		return false
	}
	return !slices.ContainsFunc(p.Transformations, func(t grafana.Transformation) bool {
		return !t.Disabled && !slices.Contains(keepsValues, t.ID)
	})
}

// unitNode returns the node of the panel's unit, in all schemas.
func (p *Panel) unitNode() *grafana.Node {
	for _, n := range []*grafana.Node{
		p.Defaults.Node.At("unit"), p.Content.At("options", "fieldOptions", "defaults", "unit"), p.Content.At("format"),
	} {
		if n.Text() == p.Defaults.Unit && n.Exists() {
			return n
		}
	}
	if axes := p.Content.At("yaxes").List(); len(axes) > 0 {
		return axes[0].At("format")
	}
	return nil
}

// unitIn returns the unit that an override sets, and whether it changes the unit, or the axis that has it in old boards.
func unitIn(o grafana.Override) (unit *grafana.Node, changes bool) {
	for _, p := range o.Properties {
		switch p.ID {
		case "unit":
			unit, changes = p.Value, true
		case "yaxis":
			changes = true
		}
	}
	return unit, changes
}

// answer is what can be said without the series.
type answer int

const (
	no answer = iota
	yes
	maybe
)

// matches reports whether an override is for the series of a query.
func (q *Query) matches(o grafana.Override) answer {
	name, isCertain := q.seriesName()
	switch o.Matcher {
	case "byFrameRefID":
		return sure(o.Options.Text() == q.Target.RefID)
	case "byType":
		return sure(o.Options.Text() == "number")
	case "byName", "byNames":
		names := o.Options.Texts()
		if o.Options.IsObject() {
			names = o.Options.At("names").Texts()
		}
		if !isCertain && couldBe(name, names) {
			return maybe
		}
		return sure(isCertain && slices.Contains(names, name))
	case "byRegexp":
		pattern := strings.TrimSuffix(strings.TrimPrefix(o.Options.Text(), "/"), "/")
		if len(pattern) > longestPattern {
			return maybe
		}
		re, err := regexp.Compile(pattern)
		switch {
		case err == nil && isCertain:
			return sure(re.MatchString(name))
		case err == nil && q.hasTemplate() && takesFixed(pattern, re, name):
			return yes
		}
		return maybe
	}
	return maybe
}

// hasTemplate reports whether the query's series are named by its legend, with labels filled in.
func (q *Query) hasTemplate() bool {
	return q.Target.Legend != "" && q.Target.Legend != "__auto" && q.Panel.Defaults.DisplayName == ""
}

// takesFixed reports whether a pattern takes all names that a legend can make: it finds something in one of the legend's fixed
// pieces, and does not ask what is around that.
func takesFixed(pattern string, re *regexp.Regexp, legend string) bool {
	if strings.ContainsAny(pattern, `^$\`) {
		return false
	}
	return slices.ContainsFunc(legendPart.Split(legend, -1), func(fixed string) bool { return fixed != "" && re.MatchString(fixed) })
}

// longestPattern is the most bytes of a pattern that is held against names. A longer one takes seconds to read.
const longestPattern = 16 << 10

func sure(is bool) answer {
	if is {
		return yes
	}
	return no
}

// seriesName returns the name of a query's series, where its legend is a plain text; else what the legend says.
func (q *Query) seriesName() (name string, isCertain bool) {
	legend := q.Target.Legend
	return legend, legend != "" && legend != "__auto" && !strings.Contains(legend, "{{") && !isVariable(legend) && q.Panel.Defaults.DisplayName == ""
}

// legendPart finds what a legend fills in.
var legendPart = regexp.MustCompile(`\{\{[^}]*\}\}|\$\{[^}]*\}|\$\w+|\[\[[^\]]*\]\]`)

// couldBe reports whether a legend could come to one of the names.
func couldBe(legend string, names []string) bool {
	if legend == "" || legend == "__auto" {
		return true
	}
	fixed := legendPart.Split(legend, -1)
	return slices.ContainsFunc(names, func(name string) bool { return wildcard.Match(fixed, name) })
}
