package diff

// The names that a classic board has for what v2 has elsewhere. A path is renamed step by step, from the top down: what
// is said of spec holds for the paths below it.
var (
	boardNames = map[string]string{
		"spec": "", "dashboard": "", "metadata.name": "uid", "templating.list": "variables",
		`metadata.annotations."grafana.app/folder"`: "folder", "meta.folderUid": "folder",
		"timeSettings.from": "time.from", "timeSettings.to": "time.to", "timeSettings.timezone": "timezone",
		"timeSettings.weekStart": "weekStart", "timeSettings.fiscalYearStartMonth": "fiscalYearStartMonth",
		"timeSettings.autoRefresh": "refresh", "timeSettings.autoRefreshIntervals": "timepicker.refresh_intervals",
		"timeSettings.hideTimepicker": "timepicker.hidden", "timeSettings.nowDelay": "timepicker.nowDelay",
		"timeSettings.quickRanges": "timepicker.quick_ranges", "cursorSync": "graphTooltip",
		"layout.spec": "layout",
	}
	rowNames = map[string]string{
		"spec": "", "collapse": "collapsed", "repeat.value": "repeat", "repeat.mode": "repeatMode", "layout.spec": "layout",
	}
	panelNames = map[string]string{ // of both forms
		"spec": "", "data.spec": "data", "data.queryOptions": "", "vizConfig.spec": "", "vizConfig.group": "type",
		"vizConfig.version": "pluginVersion",
	}
	itemNames = map[string]string{
		"spec": "", "x": "gridPos.x", "y": "gridPos.y", "width": "gridPos.w", "height": "gridPos.h",
		"repeat.value": "repeat", "repeat.mode": "repeatMode", "repeat.direction": "repeatDirection", "repeat.maxPerRow": "maxPerRow",
		"kind": "item.kind", "element.name": "element", "element.kind": "item.element",
	}
	queryNames = map[string]string{
		"spec": "", "hidden": "hide", "query.spec": "", "query.group": "datasource.type", "query.datasource.name": "datasource.uid",
		"datasource.name": "datasource.uid",
	}
	transformationNames = map[string]string{"spec": "", "group": "id"}
	variableNames       = map[string]string{
		"spec": "", "pluginId": "query", "query.group": "datasource.type", "query.datasource.name": "datasource.uid", "query.spec": "query",
		"group": "datasource.type", "datasource.name": "datasource.uid",
	}
	annotationNames = map[string]string{
		"spec": "", "query.group": "datasource.type", "query.datasource.name": "datasource.uid", "query.spec": "target",
		"legacyOptions": "", "datasource.name": "datasource.uid",
	}
)

// What v2 says in words and classic boards in numbers, by path.
var choices = map[string][]string{
	"sort": {
		"disabled", "alphabeticalAsc", "alphabeticalDesc", "numericalAsc", "numericalDesc",
		"alphabeticalCaseInsensitiveAsc", "alphabeticalCaseInsensitiveDesc", "naturalAsc", "naturalDesc",
	},
	"hide":         {"dontHide", "hideLabel", "hideVariable", "inControlsMenu"},
	"refresh":      {"never", "onDashboardLoad", "onTimeRangeChanged"},
	"graphTooltip": {"Off", "Crosshair", "Tooltip"},
}
