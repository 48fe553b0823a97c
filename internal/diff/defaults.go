package diff

import (
	"slices"
	"strings"
)

// optionDefaults are what Grafana shows where a panel of some types leaves an option out, and what it writes when somebody
// saves the board.
// https://github.com/grafana/grafana/tree/main/public/app/plugins/panel
var optionDefaults = []struct{ types, path, value string }{
	{graphs, "options.legend.displayMode", "list"},
	{graphs, "options.legend.placement", "bottom"},
	{graphs, "options.legend.showLegend", "true"},
	{graphs, "options.tooltip.mode", "single"},
	{graphs, "options.tooltip.sort", "none"},
	{graphs, "options.tooltip.hideZeros", "false"},
	{graphs, custom + "axisBorderShow", "false"},
	{graphs, custom + "axisCenteredZero", "false"},
	{graphs, custom + "axisColorMode", "text"},
	{graphs, custom + "axisPlacement", "auto"},
	{graphs, custom + "gradientMode", "none"},
	{graphs, custom + "lineWidth", "1"},
	{graphs, custom + "scaleDistribution.type", "linear"},
	{graphs, custom + "thresholdsStyle.mode", "off"},
	{"timeseries", custom + "barAlignment", "0"},
	{"timeseries", custom + "barWidthFactor", "0.6"},
	{"timeseries", custom + "drawStyle", "line"},
	{"timeseries", custom + "fillOpacity", "0"},
	{"timeseries", custom + "insertNulls", "false"},
	{"timeseries", custom + "lineInterpolation", "linear"},
	{"timeseries", custom + "lineStyle.fill", "solid"},
	{"timeseries", custom + "pointSize", "5"},
	{"timeseries", custom + "showPoints", "auto"},
	{"timeseries", custom + "showValues", "false"},
	{"timeseries", custom + "spanNulls", "false"},
	{"timeseries", custom + "stacking.group", "A"},
	{"timeseries", custom + "stacking.mode", "none"},
	{"barchart", custom + "fillOpacity", "80"},
	{"barchart", "options.barRadius", "0"},
	{"barchart", "options.barWidth", "0.97"},
	{"barchart", "options.fullHighlight", "false"},
	{"barchart", "options.groupWidth", "0.7"},
	{"barchart", "options.orientation", "auto"},
	{"barchart", "options.showValue", "auto"},
	{"barchart", "options.stacking", "none"},
	{"barchart", "options.xTickLabelRotation", "0"},
	{"barchart", "options.xTickLabelSpacing", "0"},
	{stats, "options.orientation", "auto"},
	{stats, "options.reduceOptions.calcs", "lastNotNull"},
	{stats, "options.reduceOptions.values", "false"},
	{"stat", "options.colorMode", "value"},
	{"stat", "options.graphMode", "area"},
	{"stat", "options.justifyMode", "auto"},
	{"stat", "options.percentChangeColorMode", "standard"},
	{"stat", "options.showPercentChange", "false"},
	{"stat", "options.textMode", "auto"},
	{"stat", "options.wideLayout", "true"},
	{"gauge", "options.minVizHeight", "75"},
	{"gauge", "options.minVizWidth", "75"},
	{"gauge", "options.showThresholdLabels", "false"},
	{"gauge", "options.showThresholdMarkers", "true"},
	{"gauge bargauge", "options.sizing", "auto"},
	{"bargauge", "options.displayMode", "gradient"},
	{"bargauge", "options.maxVizHeight", "300"},
	{"bargauge", "options.minVizHeight", "16"},
	{"bargauge", "options.minVizWidth", "8"},
	{"bargauge", "options.namePlacement", "auto"},
	{"bargauge", "options.showUnfilled", "true"},
	{"bargauge", "options.valueMode", "color"},
	{"table", custom + "align", "auto"},
	{"table", custom + "cellOptions.type", "auto"},
	{"table", custom + "inspect", "false"},
	{"table", "options.cellHeight", "sm"},
	{"table", "options.footer.countRows", "false"},
	{"table", "options.footer.show", "false"},
	{"table", "options.frameIndex", "0"},
	{"table", "options.showHeader", "true"},
	{"text", "options.mode", "markdown"},
	{"text", "options.code.language", "plaintext"},
	{"text", "options.code.showLineNumbers", "false"},
	{"text", "options.code.showMiniMap", "false"},
}

const (
	custom = "fieldConfig.defaults.custom."
	graphs = "timeseries barchart"
	stats  = "stat gauge bargauge"
)

// defaultsOf has the defaults of each type of panel, by path.
var defaultsOf = func() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, one := range optionDefaults {
		for _, of := range strings.Fields(one.types) {
			if all[of] == nil {
				all[of] = map[string]string{}
			}
			all[of][one.path] = one.value
		}
	}
	return all
}()

// isDefault reports whether a value is the default of an option of a panel, and the other side leaves it out.
func isDefault(p *part, one difference) bool {
	if p.kind != aPanel {
		return false
	}
	text, isKnown := defaultsOf[p.panel.Type][one.path]
	return isKnown && (one.old == (value{}) && one.new.text == text || one.new == (value{}) && one.old.text == text)
}

// colored are the types of panels whose thresholds are green and, from 80 on, red where a panel has none.
var colored = strings.Fields(graphs + " " + stats + " table")

// defaultThresholds leaves out a difference where one side spells these thresholds, and the other has none.
func (c *comparer) defaultThresholds(d *delta) {
	const path = "fieldConfig.defaults.thresholds"
	for _, side := range []struct{ has, lacks *part }{{d.old, d.new}, {d.new, d.old}} {
		if !side.lacks.hasBelow(path) && slices.Contains(colored, side.has.panel.Type) && thresholds(side.has) == "green, red from 80" {
			c.hidden += len(d.takeAll(path))
		}
	}
}
