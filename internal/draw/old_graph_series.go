package draw

import (
	"maps"
	"math"
	"slices"

	"gaugewright/internal/grafana"
)

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
		return nodeOf(v)
	}
	return nil
}

// unlike returns what an axis has that another has not, or has otherwise.
func (a oldAxis) unlike(other oldAxis) (all []grafana.Property) {
	add := func(prefix string, own, others map[string]any) {
		for _, key := range slices.Sorted(maps.Keys(own)) {
			if v := nodeOf(own[key]); v.String() != nodeOf(others[key]).String() {
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
				Matcher: "byName", Options: nodeOf(m.Name), Properties: []grafana.Property{fixed(color)},
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
			Matcher: "byType", Options: nodeOf("time"),
			Properties: []grafana.Property{{ID: "custom.axisPlacement", Value: nodeOf("hidden")}},
		})
	}
	return all
}

func fixed(color string) grafana.Property {
	return grafana.Property{ID: "color", Value: nodeOf(map[string]any{"mode": "fixed", "fixedColor": color})}
}

// seriesProperties returns what some series of an old graph have, from one of its overrides. Those at the right axis have
// that axis's properties.
func seriesProperties(n, panel *grafana.Node, right []grafana.Property) (all []grafana.Property) {
	add := func(id string, v any) { all = append(all, grafana.Property{ID: "custom." + id, Value: nodeOf(v)}) }
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
