package draw

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
)

// graph gives an old graph the options of a time series. One whose bottom axis is not time keeps a type of its own, which
// is not drawn.
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/plugins/panel/timeseries/migrations.ts
func graph(p opened.Panel) opened.Panel {
	n := p.Content
	if mode := n.At("xaxis", "mode").Text(); mode == "series" || mode == "histogram" {
		p.Type = "graph-" + mode
		return p
	}
	if !p.Options.At("legend").Exists() {
		p.Options = value(map[string]any{"legend": legendOptions(n.At("legend"))})
	}
	if p.Defaults.Custom.Exists() {
		return p
	}
	left, right := oldAxes(n)
	p.Defaults.Decimals, p.Defaults.Min, p.Defaults.Max = left.limit("decimals"), left.limit("min"), left.limit("max")
	custom := lineOptions(n)
	maps.Copy(custom, left.custom)
	if steps, style := oldThresholds(n); len(steps) > 0 {
		p.Defaults.Thresholds, p.Defaults.ThresholdsMode = steps, "absolute"
		custom["thresholdsStyle"] = map[string]any{"mode": style}
	}
	p.Defaults.Custom = value(custom)
	p.Overrides = graphOverrides(p.Overrides, n, right.unlike(left))
	return p
}

// lineOptions returns how the series of an old graph are drawn.
func lineOptions(n *grafana.Node) map[string]any {
	custom := map[string]any{
		"drawStyle": "line", "lineWidth": numberAt(n, "linewidth", 1), "fillOpacity": 10 * numberAt(n, "fill", 1),
		"showPoints": "never", "pointSize": 2*numberAt(n, "pointradius", 2) + 1,
	}
	switch {
	case n.At("bars").Bool():
		custom["drawStyle"], custom["fillOpacity"] = "bars", 100.0
	case n.At("lines").Text() == "false":
		custom["drawStyle"] = "points"
	case n.At("points").Bool():
		custom["showPoints"] = "always"
	}
	if slices.ContainsFunc(n.At("seriesOverrides").List(), func(o *grafana.Node) bool { return o.At("fillBelowTo").Exists() }) {
		custom["fillOpacity"] = 35.0
	}
	if n.At("steppedLine").Bool() {
		custom["lineInterpolation"] = "stepAfter"
	}
	if n.At("nullPointMode").Text() == "connected" {
		custom["spanNulls"] = true
	}
	if n.At("dashes").Bool() {
		custom["lineStyle"] = dashes(n, n)
	}
	if n.At("stack").Bool() {
		mode := "normal"
		if n.At("percentage").Bool() {
			mode = "percent"
		}
		custom["stacking"] = map[string]any{"mode": mode, "group": "A"}
	}
	return custom
}

// dashes returns the style of the lines of a series, or of all.
func dashes(n, all *grafana.Node) map[string]any {
	style := "solid"
	if cmp.Or(n.At("dashes").Text(), all.At("dashes").Text()) == "true" {
		style = "dash"
	}
	length := func(key string) float64 { return numberAt(n, key, numberAt(all, key, 10)) }
	return map[string]any{"fill": style, "dash": []float64{length("dashLength"), length("spaceLength")}}
}

// oldAxis is a value axis of an old graph: what its fields have.
type oldAxis struct {
	field  map[string]any // unit, decimals, min, max
	custom map[string]any
}

func oldAxes(n *grafana.Node) (left, right oldAxis) {
	all := n.At("yaxes").List()
	if len(all) > 0 {
		left = readAxis(all[0])
	}
	if len(all) > 1 {
		right = readAxis(all[1])
	}
	return left, right
}

func readAxis(n *grafana.Node) oldAxis {
	a := oldAxis{map[string]any{}, map[string]any{"axisPlacement": "auto"}}
	if unit := n.At("format").Text(); unit != "" {
		a.field["unit"] = unit
	}
	for _, key := range []string{"decimals", "min", "max"} {
		if v := numberAt(n, key, math.NaN()); !math.IsNaN(v) {
			a.field[key] = v
		}
	}
	if label := n.At("label").Text(); label != "" {
		a.custom["axisLabel"] = label
	}
	if base, ok := n.At("logBase").Number(); ok && (base == 2 || base == 10) {
		a.custom["scaleDistribution"] = map[string]any{"type": "log", "log": base}
	}
	if n.At("show").Text() == "false" {
		a.custom["axisPlacement"] = "hidden"
	}
	return a
}

// limit returns a number of the axis; nil where it has none.
func (a oldAxis) limit(key string) *grafana.Node {
	if v, ok := a.field[key]; ok {
		return value(v)
	}
	return nil
}

// unlike returns what an axis has that another has not, or has otherwise.
func (a oldAxis) unlike(other oldAxis) (all []grafana.Property) {
	add := func(prefix string, own, others map[string]any) {
		for _, key := range slices.Sorted(maps.Keys(own)) {
			if v := value(own[key]); v.String() != value(others[key]).String() {
				all = append(all, grafana.Property{ID: prefix + key, Value: v})
			}
		}
	}
	add("", a.field, other.field)
	add("custom.", a.custom, other.custom)
	return all
}

// graphOverrides returns the overrides of an old graph: its own, the colors by name, and what some series have.
func graphOverrides(own []grafana.Override, n *grafana.Node, right []grafana.Property) (all []grafana.Override) {
	isOld := func(o grafana.Override) bool { return !o.Node.At("matcher").Exists() }
	all = slices.DeleteFunc(slices.Clone(own), isOld)
	for _, m := range n.At("aliasColors").Members() {
		if color := m.Value.Text(); color != "" {
			all = append(all, grafana.Override{
				Matcher: "byName", Options: value(m.Name), Properties: []grafana.Property{fixed(color)},
			})
		}
	}
	for _, o := range own {
		if isOld(o) {
			o.Properties = seriesProperties(o.Node, n, right)
			all = append(all, o)
		}
	}
	if n.At("xaxis", "show").Text() == "false" {
		all = append(all, grafana.Override{
			Matcher: "byType", Options: value("time"),
			Properties: []grafana.Property{{ID: "custom.axisPlacement", Value: value("hidden")}},
		})
	}
	return all
}

func fixed(color string) grafana.Property {
	return grafana.Property{ID: "color", Value: value(map[string]any{"mode": "fixed", "fixedColor": color})}
}

// seriesProperties returns what some series of an old graph have, from one of its overrides. Those at the right axis have
// that axis's properties.
func seriesProperties(n, panel *grafana.Node, right []grafana.Property) (all []grafana.Property) {
	add := func(id string, v any) { all = append(all, grafana.Property{ID: "custom." + id, Value: value(v)}) }
	isDashed := false
	for _, m := range n.Members() {
		v, _ := m.Value.Number()
		switch m.Name {
		case "yaxis":
			if v == 2 {
				all = append(all, right...)
			}
		case "fill":
			add("fillOpacity", 10*v)
		case "fillBelowTo":
			add("fillBelowTo", m.Value.Text())
		case "points":
			add("showPoints", map[bool]string{true: "always", false: "never"}[m.Value.Bool()])
		case "bars":
			add("drawStyle", map[bool]string{true: "bars", false: "line"}[m.Value.Bool()])
			if m.Value.Bool() {
				add("fillOpacity", 100)
			}
		case "lines":
			if !m.Value.Bool() {
				add("lineWidth", 0)
			}
		case "linewidth":
			add("lineWidth", v)
		case "pointradius":
			add("pointSize", 2*v+1)
		case "stack":
			add("stacking", oldStack(m.Value, panel))
		case "color":
			all = append(all, fixed(m.Value.Text()))
		case "dashes", "dashLength", "spaceLength":
			isDashed = true
		}
	}
	if isDashed {
		add("lineStyle", dashes(n, panel))
	}
	return all
}

// oldStack returns the stack of some series: that of all, none, or a group of their own.
func oldStack(group, panel *grafana.Node) map[string]any {
	switch group.Text() {
	case "false":
		return map[string]any{"mode": "none"}
	case "true":
		return map[string]any{"mode": "normal", "group": "A"}
	}
	return map[string]any{"mode": "normal", "group": group.Text()}
}

// oldThresholds returns the thresholds of an old graph as steps, and how they are drawn.
func oldThresholds(n *grafana.Node) (steps []grafana.Threshold, style string) {
	old := slices.Clone(n.At("thresholds").List())
	slices.SortStableFunc(old, func(a, b *grafana.Node) int {
		return cmp.Compare(numberAt(a, "value", 0), numberAt(b, "value", 0))
	})
	var isArea, isLine bool
	step := func(at float64, color string) { steps = append(steps, grafana.Threshold{Value: &at, Color: color}) }
	for i, t := range old {
		isArea, isLine = isArea || t.At("fill").Bool(), isLine || t.At("line").Bool()
		at := numberAt(t, "value", 0)
		if t.At("op").Text() != "lt" {
			step(at, thresholdColor(t))
			continue
		}
		if len(steps) == 0 {
			steps = append(steps, grafana.Threshold{Color: thresholdColor(t)})
		}
		if i+1 < len(old) && old[i+1].At("op").Text() == "lt" {
			step(at, thresholdColor(old[i+1]))
		} else {
			step(at, "transparent")
		}
	}
	if len(steps) > 0 && steps[0].Value != nil {
		steps = slices.Insert(steps, 0, grafana.Threshold{Color: "transparent"})
	}
	switch {
	case isArea && isLine:
		return steps, "line+area"
	case isArea:
		return steps, "area"
	}
	return steps, "line"
}

func thresholdColor(n *grafana.Node) string {
	switch n.At("colorMode").Text() {
	case "warning":
		return "orange"
	case "custom":
		return cmp.Or(n.At("fillColor").Text(), n.At("lineColor").Text(), "red")
	}
	return "red"
}

// legendOptions returns the legend of an old graph.
func legendOptions(n *grafana.Node) map[string]any {
	legend := map[string]any{"displayMode": "list", "placement": "bottom", "showLegend": n.At("show").Text() != "false"}
	if n.At("alignAsTable").Bool() {
		legend["displayMode"] = "table"
	}
	if n.At("rightSide").Bool() {
		legend["placement"] = "right"
	}
	ids := []string{}
	for _, c := range calcs {
		if n.At("values").Bool() && n.At(c.old).Bool() {
			ids = append(ids, c.id)
		}
	}
	legend["calcs"] = ids
	return legend
}

// numberAt returns a number, which old boards may have as a text.
func numberAt(n *grafana.Node, key string, otherwise float64) float64 {
	text := strings.TrimSpace(n.At(key).Text())
	if v, ok := n.At(key).Number(); ok && text != "" && !math.IsNaN(v) && !math.IsInf(v, 0) {
		return v
	}
	return otherwise
}
