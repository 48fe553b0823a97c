package diff

import (
	"fmt"
	"io"
	"strings"

	"gaugewright/internal/grafana"
)

// when says in which comparisons a difference is ignored.
type when string

const (
	always  when = ""
	absent  when = "one side leaves out the default"
	inForms when = "the sides are written in different forms"
	exports when = "one side is an export for others"
	served  when = "only one side comes from a server, and the other leaves it out"
)

// ignored is a difference that no viewer of the board can see. This list is all that is ignored, besides the order of
// keys, the white space, and that null, "", [] and {} are the same as nothing.
type ignored struct {
	kind  kind   // empty: any
	path  string // * stands for any text
	value string // the default
	when  when
}

var ignoring = []ignored{
	// What a server gives.
	{aBoard, "id", "", always},
	{aBoard, "version", "", always},
	{aBoard, "iteration", "", always},
	{aBoard, "gnetId", "", always},
	{aBoard, "__requires*", "", always},
	{aBoard, "meta.*", "", always},
	{aBoard, "status.*", "", always},
	{aBoard, "access.*", "", always},
	{aBoard, "metadata.resourceVersion", "", always},
	{aBoard, "metadata.generation", "", always},
	{aBoard, "metadata.creationTimestamp", "", always},
	{aBoard, "metadata.uid", "", always},
	{aBoard, "metadata.managedFields*", "", always},
	{aBoard, "metadata.selfLink", "", always},
	{aBoard, `metadata.labels."grafana.app/*`, "", always},
	{aBoard, `metadata.annotations."grafana.app/*`, "", always},
	{aBoard, "folder", "", served},
	{aBoard, "uid", "", served},
	{aBoard, "metadata.namespace", "", served},
	{aRow, "id", "", always},
	{aRow, "gridPos.*", "", always}, // what counts is the order of rows, and which panels are in them
	{aPanel, "pluginVersion", "", always},
	{aQuery, "editorMode", "", always}, // and what else the editor of a query remembers
	{aQuery, "disableTextWrap", "", always},
	{aQuery, "fullMetaSearch", "", always},
	{aQuery, "includeNullMetadata", "", always},
	{aQuery, "useBackend", "", always},
	{aVariable, "query.refId", "", always},
	{aVariable, "current.selected", "", always},
	{aVariable, "options[*].selected", "", always},

	// Defaults.
	{aBoard, "editable", "true", absent},
	{aBoard, "liveNow", "false", absent},
	{aBoard, "preload", "false", absent},
	{aBoard, "graphTooltip", "0", absent},
	{aBoard, "fiscalYearStartMonth", "0", absent},
	{aBoard, "timepicker.hidden", "false", absent},
	{aBoard, "timepicker.refresh_intervals", "5s, 10s, 30s, 1m, 5m, 15m, 30m, 1h, 2h, 1d", absent},
	{aBoard, "time.from", "now-6h", absent},
	{aBoard, "time.to", "now", absent},
	{"", "links*.asDropdown", "false", absent},
	{"", "links*.includeVars", "false", absent},
	{"", "links*.keepTime", "false", absent},
	{"", "links*.targetBlank", "false", absent},
	{"", "links*.type", "link", absent},
	{aRow, "collapsed", "false", absent},
	{aRow, "hideHeader", "false", absent},
	{aRow, "fillScreen", "false", absent},
	{aPanel, "transparent", "false", absent},
	{aPanel, "type", "library-panel-ref", absent},
	{aPanel, "hideTimeOverride", "false", absent},
	{aPanel, "repeatDirection", "h", absent},
	{aPanel, "fieldConfig.defaults.thresholds.mode", "absolute", absent},
	{aPanel, "fieldConfig.defaults.custom.hideFrom.*", "false", absent},
	{aQuery, "hide", "false", absent},
	{aQuery, "instant", "false", absent},
	{aQuery, "exemplar", "false", absent},
	{aQuery, "format", "time_series", absent},
	{aQuery, "intervalFactor", "1", absent},
	{aQuery, "model.hide", "false", absent},
	{aQuery, "model.intervalMs", "1000", absent},
	{aQuery, "model.maxDataPoints", "43200", absent},
	{aRule, "isPaused", "false", absent},
	{aTransformation, "disabled", "false", absent},
	{aVariable, "multi", "false", absent},
	{aVariable, "includeAll", "false", absent},
	{aVariable, "skipUrlSync", "false", absent},
	{aVariable, "allowCustomValue", "true", absent},
	{aVariable, "hide", "0", absent},
	{aVariable, "refresh", "0", absent},
	{aVariable, "sort", "0", absent},
	{aVariable, "regexApplyTo", "value", absent},
	{anAnnotation, "enable", "true", absent},
	{anAnnotation, "hide", "false", absent},
	{anAnnotation, "builtIn", "false", absent},

	// What only one form has.
	{aBoard, "apiVersion", "", inForms},
	{aBoard, "kind", "", inForms},
	{aBoard, "schemaVersion", "", inForms},
	{aBoard, "style", "", inForms},
	{aBoard, "metadata.namespace", "", inForms},
	{aRow, "kind", "", inForms},
	{aRow, "type", "", inForms},
	{aRow, "repeatMode", "variable", absent},
	{aPanel, "kind", "", inForms},
	{aPanel, "data.kind", "", inForms},
	{aPanel, "vizConfig.kind", "", inForms},
	{aPanel, "element", "", inForms},
	{aPanel, "item.kind", "", inForms},
	{aPanel, "item.element", "", inForms},
	{aPanel, "repeatMode", "variable", absent},
	{aPanel, "datasource.*", "", inForms}, // v2 has it in each query
	{aQuery, "kind", "", inForms},
	{aQuery, "query.kind", "", inForms},
	{aQuery, "query.version", "", inForms},
	{aTransformation, "kind", "", inForms},
	{aVariable, "query.kind", "", inForms},
	{aVariable, "query.version", "", inForms},
	{aVariable, "query.qryType", "", inForms},
	{aVariable, "auto*", "", inForms}, // of variables that are no interval
	{anAnnotation, "kind", "", inForms},
	{anAnnotation, "query.kind", "", inForms},
	{anAnnotation, "query.version", "", inForms},

	// What Grafana's export adds or leaves out.
	{aBoard, "__inputs*", "", exports},
	{aBoard, "__elements*", "", exports},
	{aVariable, "current.*", "", exports},
	{aVariable, "options*", "", exports},
}

// derived are the differences of values that follow from others. Only the first three are counted.
var derived = []string{
	"anything: the new name of a renamed variable, where it is used",
	"any data source: one that an export asks for, beside the one that it stands for",
	`annotation: Grafana's own "Annotations & Alerts", where one side leaves it out`,
	"panel: the value of the first threshold, which Grafana does not read; thresholds green and, from 80 on, red, where one side leaves them out",
	"query: refId, where one side leaves it out: A, B, C by its place",
	"query: range, where one side leaves it out: the opposite of instant",
	"query: datasource, where one side leaves it out: that of the panel",
	"variable: definition, where it repeats the query; type, where one side leaves it out: query",
	"row: whether panels of a classic board are inside a collapsed row or after an open one is told as collapsed only",
}

// hides reports whether the difference of a leaf is ignored.
func (c *comparer) hides(k kind, path string, old, new value) bool {
	for _, rule := range byKind[k] {
		if !matches(rule.path, path) {
			continue
		}
		switch rule.when {
		case always:
			return true
		case absent:
			if old == (value{}) && new.text == rule.value || new == (value{}) && old.text == rule.value {
				return true
			}
		case inForms:
			if c.otherForm {
				return true
			}
		case exports:
			if c.otherExport {
				return true
			}
		case served:
			if c.otherServed && (old == (value{}) || new == (value{})) {
				return true
			}
		}
	}
	return false
}

// defaulted returns the difference with the default in place of nothing.
func defaulted(k kind, one difference) difference {
	for _, rule := range byKind[k] {
		if rule.when != absent || !matches(rule.path, one.path) {
			continue
		}
		switch (value{}) {
		case one.old:
			one.old = value{one.new.kind, rule.value}
		case one.new:
			one.new = value{one.old.kind, rule.value}
		}
	}
	return one
}

// byKind has the rules for each kind of part.
var byKind = func() map[kind][]ignored {
	all := map[kind][]ignored{}
	for _, rule := range ignoring {
		kinds := []kind{rule.kind}
		if rule.kind == "" {
			kinds = []kind{aBoard, aPanel}
		}
		for _, k := range kinds {
			all[k] = append(all[k], rule)
		}
	}
	return all
}()

// matches reports whether a path fits a pattern with at most one *.
func matches(pattern, path string) bool {
	before, after, isPattern := strings.Cut(pattern, "*")
	if !isPattern {
		return pattern == path
	}
	return len(path) >= len(before)+len(after) && strings.HasPrefix(path, before) && strings.HasSuffix(path, after)
}

// form names how a board is written.
func form(b *grafana.Board) string { return fmt.Sprintf("%s %t", b.APIVersion, b.V2) }

// isServed reports whether a server handed out a board: it says so around it.
func isServed(b *grafana.Board) bool {
	return b.Document.At("metadata", "resourceVersion").Exists() || b.Document.At("meta").Exists()
}

// Explain writes what is ignored.
func Explain(out io.Writer) error {
	w := &strings.Builder{}
	fmt.Fprint(w, "Not reported: the order of keys, white space, null, \"\", [] and {} for nothing, and:\n")
	for _, rule := range ignoring {
		what := string(rule.kind)
		if what == "" {
			what = "any"
		}
		fmt.Fprintf(w, "  %s: %s", what, rule.path)
		if rule.value != "" {
			fmt.Fprintf(w, " = %s", rule.value)
		}
		if rule.when != always {
			fmt.Fprintf(w, ", where %s", rule.when)
		}
		fmt.Fprintln(w)
	}
	for _, one := range optionDefaults {
		fmt.Fprintf(w, "  panel (%s): %s = %s, where %s\n", strings.ReplaceAll(one.types, " ", ", "), one.path, one.value, absent)
	}
	for _, what := range derived {
		fmt.Fprintf(w, "  %s\n", what)
	}
	_, err := io.WriteString(out, w.String())
	return err
}
