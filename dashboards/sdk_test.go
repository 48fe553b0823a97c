package dashboards_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"gaugewright/dashboards"
)

func TestStrictlyDecodedAndValid(t *testing.T) {
	plugins.RegisterDefaultPlugins()
	for name, target := range targets {
		for _, board := range build(t, target) {
			t.Run(name+"/"+*board.Uid, func(t *testing.T) {
				text := encode(t, board)
				if err := mistakes(new(dashboard.Dashboard).UnmarshalJSONStrict(text)); err != nil {
					t.Fatal(err)
				}
				var decoded dashboard.Dashboard // the strict decoding drops the panels that it has read
				if err := json.Unmarshal(text, &decoded); err != nil {
					t.Fatal(err)
				}
				if err := mistakes(decoded.Validate()); err != nil || len(decoded.Panels) != len(board.Panels) {
					t.Errorf("%d of %d panels, %v", len(decoded.Panels), len(board.Panels), err)
				}
				misspelt := bytes.Replace(text, []byte(`"legendFormat"`), []byte(`"legendFromat"`), 1)
				if err := mistakes(new(dashboard.Dashboard).UnmarshalJSONStrict(misspelt)); err == nil {
					t.Error("a misspelt field is not noticed")
				}
			})
		}
	}
}

// mistakes is the error, if it holds any: the SDK returns an empty list of errors as one that is not nil.
func mistakes(err error) error {
	var list cog.BuildErrors
	if errors.As(err, &list) && len(list) == 0 {
		return nil
	}
	return err
}

func encode(t *testing.T, board dashboard.Dashboard) []byte {
	t.Helper()
	text, err := json.Marshal(board)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// What may be empty: texts. Everything else that is empty in the JSON is an enum that the SDK left out.
var mayBeEmpty = map[string]bool{"tooltip": true, "legendFormat": true}

func TestNothingLeftEmpty(t *testing.T) {
	for _, board := range build(t, dashboards.App) {
		var tree any
		if err := json.Unmarshal(encode(t, board), &tree); err != nil {
			t.Fatal(err)
		}
		for _, path := range empties("", tree) {
			if !mayBeEmpty[path[strings.LastIndex(path, ".")+1:]] || strings.HasSuffix(path, "options.tooltip") {
				t.Errorf("%s: %s is empty", *board.Uid, path)
			}
		}
	}
}

// empties are the paths of the empty strings in a JSON tree.
func empties(path string, node any) []string {
	var found []string
	switch node := node.(type) {
	case string:
		if node == "" {
			return []string{path}
		}
	case []any:
		for i, item := range node {
			found = append(found, empties(fmt.Sprintf("%s[%d]", path, i), item)...)
		}
	case map[string]any:
		for key, item := range node {
			found = append(found, empties(path+"."+key, item)...)
		}
	}
	return found
}

func TestRefIDs(t *testing.T) {
	for _, board := range build(t, dashboards.App) {
		for _, p := range panels(board) {
			for i, q := range p.Targets {
				if got, want := q.(prometheus.Dataquery).RefId, string(rune('A'+i)); got == nil || *got != want {
					t.Errorf("%s: %q: query %d is not named %s", *board.Uid, *p.Title, i, want)
				}
			}
		}
	}
}

// A fixed uid would tie the board to one Grafana.
func TestDataSourceIsAVariable(t *testing.T) {
	for _, board := range build(t, dashboards.App) {
		var tree any
		if err := json.Unmarshal(encode(t, board), &tree); err != nil {
			t.Fatal(err)
		}
		for _, uid := range dataSources(tree) {
			if uid != "${datasource}" {
				t.Errorf("%s reads from the data source %q", *board.Uid, uid)
			}
		}
	}
}

// dataSources are the uids below every "datasource" of a JSON tree.
func dataSources(node any) []any {
	var uids []any
	switch node := node.(type) {
	case []any:
		for _, item := range node {
			uids = append(uids, dataSources(item)...)
		}
	case map[string]any:
		for key, item := range node {
			if source, ok := item.(map[string]any); ok && key == "datasource" {
				uids = append(uids, source["uid"])
			}
			uids = append(uids, dataSources(item)...)
		}
	}
	return uids
}

func TestIDs(t *testing.T) {
	for _, board := range build(t, dashboards.App) {
		seen := map[uint32]bool{}
		for _, p := range board.Panels {
			var id uint32
			if p.RowPanel != nil {
				id = p.RowPanel.Id
			} else if p.Panel.Id != nil {
				id = *p.Panel.Id
			}
			if id == 0 || id >= 1<<31 || seen[id] {
				t.Errorf("%s: id %d is missing, too large or taken", *board.Uid, id)
			}
			seen[id] = true
		}
	}
}

// The grid: nothing overlaps, nothing passes column 24, and no line of a row has a hole.
func TestGrid(t *testing.T) {
	for _, board := range build(t, dashboards.App) {
		taken := map[[2]uint32]string{}
		var bottom uint32
		for _, p := range board.Panels {
			title, grid := "row", (*dashboard.GridPos)(nil)
			if p.RowPanel != nil {
				grid = p.RowPanel.GridPos
			} else {
				title, grid = *p.Panel.Title, p.Panel.GridPos
			}
			if grid.X+grid.W > 24 {
				t.Errorf("%s: %q ends at column %d", *board.Uid, title, grid.X+grid.W)
			}
			for x := grid.X; x < grid.X+grid.W; x++ {
				for y := grid.Y; y < grid.Y+grid.H; y++ {
					if other, ok := taken[[2]uint32{x, y}]; ok {
						t.Fatalf("%s: %q lies over %q", *board.Uid, title, other)
					}
					taken[[2]uint32{x, y}] = title
				}
			}
			bottom = max(bottom, grid.Y+grid.H)
		}
		if len(taken) != int(24*bottom) {
			t.Errorf("%s: %d of %d cells are empty", *board.Uid, int(24*bottom)-len(taken), 24*bottom)
		}
	}
}
