package grafana

import "strings"

// Field is how a field of a panel is displayed.
type Field struct {
	Unit, DisplayName, Description string
	NoValue                        string // shown where a value is missing
	Decimals, Min, Max             *Node  // numbers; nil where Grafana decides
	Thresholds                     []Threshold
	ThresholdsMode                 string // absolute or percentage
	Mappings                       []Mapping
	Color                          Color
	Links                          []Link
	Custom                         *Node // of the panel's type
	Node                           *Node
}

// Threshold is a value from which another color counts.
type Threshold struct {
	Value *float64 // nil for the first, which has no lower bound
	Color string
	Node  *Node
}

// Mapping replaces a value by a text.
type Mapping struct {
	Type     string // value, range, regex, special
	Match    string // the value, the pattern, or the name of the special value
	From, To string // of a range; empty where it is open
	Text     string
	Color    string
	Icon     string
	Node     *Node // the result
}

// Color is how the color of a field is chosen.
type Color struct{ Mode, Fixed, SeriesBy string }

// Override changes how the fields found by its matcher are displayed.
type Override struct {
	Matcher    string // byName, byRegexp, ...
	Options    *Node  // of the matcher
	Properties []Property
	Node       *Node
}

// Property is one change of an override.
type Property struct {
	ID    string // unit, displayName, custom.width
	Value *Node
	Node  *Node
}

// With returns the field as an override's property changes it. Mappings and links come before those that are there.
func (f Field) With(p Property) Field {
	r, n := &reader{}, p.Value
	switch p.ID {
	case "unit":
		f.Unit = n.Text()
	case "displayName":
		f.DisplayName = n.Text()
	case "description":
		f.Description = n.Text()
	case "noValue":
		f.NoValue = n.Text()
	case "decimals":
		f.Decimals = n
	case "min":
		f.Min = n
	case "max":
		f.Max = n
	case "thresholds":
		f.Thresholds, f.ThresholdsMode = thresholds(n.At("steps")), n.At("mode").Text()
	case "mappings":
		f.Mappings = append(mappings(n), f.Mappings...)
	case "color":
		f.Color = Color{n.At("mode").Text(), n.At("fixedColor").Text(), n.At("seriesBy").Text()}
	case "links":
		f.Links = append(r.links(n), f.Links...)
	}
	return f
}

// field reads the defaults of a panel. Panels of before 2020 have the unit elsewhere.
func (r *reader) field(n, panel *Node) Field {
	old := panel.At("options", "fieldOptions", "defaults")
	var axis *Node
	if axes := panel.At("yaxes").List(); len(axes) > 0 && panel.At("type").Text() == "graph" {
		axis = axes[0].At("format")
	}
	if panel.At("type").Text() == "singlestat" {
		axis = panel.At("format")
	}
	color := n.At("color")
	return Field{
		Unit:           first(n.At("unit"), old.At("unit"), axis).Text(),
		DisplayName:    r.text(first(n.At("displayName"), old.At("displayName"), old.At("title"))),
		Description:    r.text(n.At("description")),
		NoValue:        r.text(first(n.At("noValue"), old.At("noValue"))),
		Decimals:       first(n.At("decimals"), old.At("decimals")),
		Min:            first(n.At("min"), old.At("min")),
		Max:            first(n.At("max"), old.At("max")),
		Thresholds:     thresholds(first(n.At("thresholds", "steps"), old.At("thresholds", "steps"))),
		ThresholdsMode: first(n.At("thresholds", "mode"), old.At("thresholds", "mode")).Text(),
		Mappings:       mappings(first(n.At("mappings"), old.At("mappings"))),
		Color:          Color{color.At("mode").Text(), color.At("fixedColor").Text(), color.At("seriesBy").Text()},
		Links:          r.links(n.At("links")),
		Custom:         n.At("custom"),
		Node:           n,
	}
}

func thresholds(steps *Node) []Threshold {
	var all []Threshold
	for _, n := range steps.List() {
		t := Threshold{Color: n.At("color").Text(), Node: n}
		if value, ok := n.At("value").Number(); ok {
			t.Value = &value
		}
		all = append(all, t)
	}
	return all
}

// mappings reads the mappings of all schemas: each value of a value mapping is one.
func mappings(list *Node) []Mapping {
	var all []Mapping
	for _, n := range list.List() {
		kind, options := n.At("type").Text(), n.At("options")
		switch kind {
		case "value":
			for _, m := range options.Members() {
				all = append(all, mapping(Mapping{Type: kind, Match: m.Name}, m.Value))
			}
		case "range":
			m := Mapping{Type: kind, From: options.At("from").Text(), To: options.At("to").Text()}
			all = append(all, mapping(m, options.At("result")))
		case "regex", "special":
			match := first(options.At("pattern"), options.At("match")).Text()
			all = append(all, mapping(Mapping{Type: kind, Match: match}, options.At("result")))
		case "1": // before 2021
			all = append(all, mapping(Mapping{Type: "value", Match: n.At("value").Text()}, n))
		case "2":
			all = append(all, mapping(Mapping{Type: "range", From: n.At("from").Text(), To: n.At("to").Text()}, n))
		}
	}
	return all
}

func mapping(m Mapping, result *Node) Mapping {
	m.Text, m.Color, m.Icon = result.At("text").Text(), result.At("color").Text(), result.At("icon").Text()
	m.Node = result
	return m
}

// overrides returns the panel's overrides, and their predecessors in graph panels: aliases by name or /pattern/.
func (r *reader) overrides(list, panel *Node) []Override {
	var all []Override
	for _, n := range r.counts.atMost("overrides", maxPanelParts, list.List()) {
		if !n.IsObject() {
			continue
		}
		o := Override{Matcher: n.At("matcher", "id").Text(), Options: n.At("matcher", "options"), Node: n}
		for _, property := range n.At("properties").List() {
			o.Properties = append(o.Properties, Property{property.At("id").Text(), property.At("value"), property})
		}
		all = append(all, o)
	}
	for _, n := range r.counts.atMost("overrides", maxPanelParts, panel.At("seriesOverrides").List()) {
		if o, ok := aliasOverride(n); ok {
			all = append(all, o)
		}
	}
	return all
}

func aliasOverride(n *Node) (Override, bool) {
	o := Override{Matcher: "byName", Options: n.At("alias"), Node: n}
	if strings.HasPrefix(o.Options.Text(), "/") {
		o.Matcher = "byRegexp"
	}
	for _, m := range n.Members() {
		if m.Name != "alias" {
			o.Properties = append(o.Properties, Property{m.Name, m.Value, m.Value})
		}
	}
	return o, o.Options.Text() != ""
}

// position reads a place in a grid; v2 has width and height, classic boards w and h.
func position(n *Node) *Position {
	if !n.At("x").Exists() && !n.At("y").Exists() && !n.At("w").Exists() && !n.At("width").Exists() {
		return nil
	}
	return &Position{
		n.At("x").Int(), n.At("y").Int(), first(n.At("w"), n.At("width")).Int(), first(n.At("h"), n.At("height")).Int(),
	}
}
