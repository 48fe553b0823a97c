package diff

import (
	"slices"
	"strings"
)

// levelOf returns the level of the differences: where only colors differ, nothing else is shown. A color that stood, or now
// stands, for something else is more: what was good is bad where green and red are exchanged.
func (s subject) levelOf(d *delta, found []difference) Level {
	for _, one := range found {
		if !strings.HasSuffix(one.path, ".color") || one.old == (value{}) || one.new == (value{}) ||
			d.old.hasColor(s.path, one.new) || d.new.hasColor(s.path, one.old) {
			return s.level
		}
	}
	return Cosmetic
}

// hasColor reports whether a color stands anywhere below a path.
func (p *part) hasColor(path string, color value) bool {
	return slices.ContainsFunc(p.leaves, func(l leaf) bool {
		return l.value == color && isBelow(l.path, path) && strings.HasSuffix(l.path, ".color")
	})
}

// cosmeticPaths begin the paths of a panel that say how it looks; shownPaths are those among them that say what is shown.
var (
	cosmeticPaths = []string{
		"options", "fieldConfig.defaults.custom", "gridPos", "repeatDirection", "maxPerRow", "transparent", "item", "element", "height", "span",
	}
	shownPaths = []string{
		"options.reduceOptions", "options.textMode", "options.mode", "options.calculat", "options.filterValues", "options.stacking",
		"options.xField", "options.frameIndex", "options.mapping", "options.series", "options.yAxis.min", "options.yAxis.max",
		"fieldConfig.defaults.custom.hideFrom.viz", "fieldConfig.defaults.custom.transform",
	}
)

// lists are the types of panels that list what their options say.
var lists = []string{"alertlist", "annolist", "dashlist", "news"}

// pathLevel returns the level of a change that has no sentence.
func pathLevel(p *part, path string) Level {
	begins := func(begin string) bool { return strings.HasPrefix(path, begin) }
	switch {
	case p.kind == aRow:
		return Cosmetic
	case p.kind != aPanel, slices.ContainsFunc(shownPaths, begins), begins("options") && slices.Contains(lists, p.panel.Type):
		return Behaviour
	case slices.ContainsFunc(cosmeticPaths, begins):
		return Cosmetic
	}
	return Behaviour
}

func orderLevel(k kind) Level {
	if k == aTransformation || k == anOverride || k == aRule {
		return Behaviour
	}
	return Cosmetic
}

// lookPaths begin the properties that only say how something looks.
var lookPaths = []string{"color", "custom.", "description", "decimals"}

// shownProperties are those among them that say what is shown.
var shownProperties = []string{"custom.hideFrom", "custom.stacking", "custom.scaleDistribution", "custom.transform", "custom.hidden"}

func isLookProperty(id string) bool {
	if slices.Contains(shownProperties, id) {
		return false
	}
	for _, begin := range lookPaths {
		if strings.HasPrefix(id, begin) {
			return true
		}
	}
	return false
}

// isLook reports whether an override changes only how something looks.
func isLook(p *part) bool {
	if p.kind != anOverride {
		return false
	}
	for _, n := range p.node.At("properties").List() {
		if !isLookProperty(n.At("id").Text()) {
			return false
		}
	}
	return true
}
