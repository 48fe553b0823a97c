package provision_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/text"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards"
)

type object = map[string]any

// handedBack is the board that Grafana's API returns for a given one: its migrate, for a board of the current schema.
// The rules are Grafana's, from apps/dashboard/pkg/migration/frontend_defaults.go; a running Grafana 12.4.3 confirmed
// them.
func handedBack(board object) object {
	for field, value := range map[string]any{
		"title": "No Title", "tags": []any{}, "timezone": "", "weekStart": "", "editable": true, "graphTooltip": 0.0,
		"time": object{"from": "now-6h", "to": "now"}, "timepicker": object{}, "schemaVersion": 0.0,
		"fiscalYearStartMonth": 0.0, "links": []any{},
	} {
		if board[field] == nil {
			board[field] = value
		}
	}
	for _, field := range []string{"gnetId", "id", "preload", "iteration", "meta", "variables"} {
		delete(board, field)
	}
	annotations := list(board, "annotations")
	if !slices.ContainsFunc(annotations, func(a any) bool { return a.(object)["builtIn"] == 1.0 }) {
		builtIn := object{
			"datasource": object{"uid": "-- Grafana --", "type": "grafana"}, "name": "Annotations & Alerts", "type": "dashboard",
			"iconColor": "rgba(0, 211, 255, 1)", "enable": true, "hide": true, "builtIn": 1.0,
		}
		board["annotations"].(object)["list"] = append([]any{builtIn}, annotations...)
	}
	for _, v := range list(board, "templating") {
		handedBackVariable(v.(object))
	}
	handedBackPanels(board["panels"].([]any))
	return board
}

// list is the field "list" of a field of the board, which is there afterwards.
func list(board object, field string) []any {
	if board[field] == nil {
		board[field] = object{}
	}
	within := board[field].(object)
	if within["list"] == nil {
		within["list"] = []any{}
	}
	return within["list"].([]any)
}

func handedBackVariable(v object) {
	withoutNulls(v)
	switch {
	case v["type"] == "query" && v["options"] == nil, v["type"] == "datasource":
		v["options"] = []any{}
	case v["type"] == "constant":
		delete(v, "options")
	}
}

// panelDefaults are the fields of a panel that Grafana drops where they have these values.
var panelDefaults = object{
	"gridPos": object{"x": 0.0, "y": 0.0, "h": 3.0, "w": 6.0}, "targets": []any{object{"refId": "A"}},
	"transparent": false, "options": object{}, "links": []any{}, "title": "", "transformations": []any{},
	"fieldConfig": object{"defaults": object{}, "overrides": []any{}},
}

// handedBackPanels drops what a panel has by default, and numbers the panels that have no id.
func handedBackPanels(panels []any) {
	highest, all := 0.0, slices.Clone(panels)
	for _, p := range panels {
		if nested, ok := p.(object)["panels"].([]any); ok {
			all = append(all, nested...)
		}
	}
	for _, p := range all {
		if id, ok := p.(object)["id"].(float64); ok {
			highest = max(highest, id)
		}
	}
	for _, p := range all {
		p := p.(object)
		if id, ok := p["id"].(float64); !ok || id == 0 {
			highest++
			p["id"] = highest
		}
		for field, value := range panelDefaults {
			if reflect.DeepEqual(p[field], value) {
				delete(p, field)
			}
		}
		if targets, ok := p["targets"].([]any); ok && len(targets) == 0 {
			delete(p, "targets")
		}
		if config, ok := p["fieldConfig"].(object); ok && config["overrides"] == nil {
			config["overrides"] = []any{}
		}
		if p["type"] == "row" && p["repeat"] == "" {
			delete(p, "repeat")
		}
		withoutNulls(p)
	}
}

func withoutNulls(node any) {
	switch node := node.(type) {
	case object:
		for key, value := range node {
			if value == nil {
				delete(node, key)
			}
			withoutNulls(value)
		}
	case []any:
		for _, item := range node {
			withoutNulls(item)
		}
	}
}

// changes are the places in which Grafana hands back another board than the text.
func changes(t *testing.T, text string) []string {
	t.Helper()
	var given, board object
	for _, into := range []*object{&given, &board} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	return differences("", given, handedBack(board))
}

func differences(path string, a, b any) []string {
	if reflect.DeepEqual(a, b) {
		return nil
	}
	var found []string
	left, isObject := a.(object)
	right, both := b.(object)
	if isObject && both {
		for key := range right {
			if _, ok := left[key]; !ok {
				found = append(found, path+"."+key+" is added")
			}
		}
		for key, value := range left {
			if _, ok := right[key]; !ok {
				found = append(found, path+"."+key+" is dropped")
				continue
			}
			found = append(found, differences(path+"."+key, value, right[key])...)
		}
		return found
	}
	one, isList := a.([]any)
	other, both := b.([]any)
	if !isList || !both || len(one) != len(other) {
		return []string{path + " is changed"}
	}
	for i := range one {
		found = append(found, differences(fmt.Sprintf("%s[%d]", path, i), one[i], other[i])...)
	}
	return found
}

// TestNormalForm: Grafana hands each board back as it was written, the own ones and one that leaves much to the defaults.
func TestNormalForm(t *testing.T) {
	for path, text := range filesByPath(t, dashboards.App, append(dashboards.All, careless)...) {
		if !strings.HasSuffix(path, ".json") {
			continue
		}
		for _, change := range changes(t, text) {
			t.Errorf("%s: %s", path, change)
		}
	}
}

// TestNormalFormIsNotTheSDKs shows that the test above would fail: it finds what was in every file before.
func TestNormalFormIsNotTheSDKs(t *testing.T) {
	for _, define := range append(dashboards.All, careless) {
		built, err := define(dashboards.App).Build()
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(built)
		if err != nil {
			t.Fatal(err)
		}
		found := changes(t, string(text))
		for _, want := range []string{".annotations", ".timepicker is added", ".weekStart is added", ".options is added",
			".transparent is dropped", ".steps[0].value is dropped"} {
			if !slices.ContainsFunc(found, func(change string) bool { return strings.Contains(change, want) }) {
				t.Errorf("%s: of the SDK's board nothing is said of %s: %q", *built.Uid, want, found)
			}
		}
	}
}

// careless is a board by the SDK alone: panels without ids, a row of its own, empty lists, variables of other kinds.
func careless(dashboards.Target) cog.Builder[dashboard.Dashboard] {
	return dashboard.NewDashboardBuilder("Careless").Uid("careless").
		Tags(nil).Links(nil).
		WithVariable(dashboard.NewQueryVariableBuilder("query").Query(dashboard.StringOrMap{String: cog.ToPtr("label_values(x)")})).
		WithVariable(dashboard.NewDatasourceVariableBuilder("source").Type("prometheus")).
		WithVariable(dashboard.NewConstantVariableBuilder("constant").Value(dashboard.StringOrMap{String: cog.ToPtr("1")})).
		WithVariable(dashboard.NewCustomVariableBuilder("custom").Values(dashboard.StringOrMap{String: cog.ToPtr("1,2")}).
			Options([]dashboard.VariableOption{})).
		WithPanel(timeseries.NewPanelBuilder().Title("").Transparent(false).Links(nil).
			Transformations([]dashboard.DataTransformerConfig{}).
			ColorScheme(dashboard.NewFieldColorBuilder().Mode(dashboard.FieldColorModeIdFixed)).
			Thresholds(dashboard.NewThresholdsConfigBuilder().Steps([]dashboard.Threshold{{Color: "green"}}))).
		WithPanel(text.NewPanelBuilder().Content("Look here").Id(7).Datasource(common.DataSourceRef{})).
		WithRow(dashboard.NewRowBuilder("Row").Repeat("").
			WithPanel(timeseries.NewPanelBuilder().Title("nested").Transparent(false)))
}

// TestNormalTwice: a builder that is used again gives the same file again.
func TestNormalTwice(t *testing.T) {
	once := careless(dashboards.App)
	same := func(dashboards.Target) cog.Builder[dashboard.Dashboard] { return once }
	first := filesByPath(t, plain(), same)
	if second := filesByPath(t, plain(), same); !reflect.DeepEqual(first, second) {
		t.Error("the second file is another")
	}
}
