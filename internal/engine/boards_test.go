package engine

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"gaugewright/internal/query"
)

// board is what the tests need from a generated board: its queries and a value for each variable.
type board struct {
	file      string
	queries   []string
	variables map[string]query.Value // each selects everything
}

func boards(t *testing.T) []board {
	t.Helper()
	files, err := filepath.Glob("../../provisioning/grafana/dashboards/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no boards: %v", err)
	}
	var all []board
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var read struct {
			Panels     []boardPanel
			Templating struct {
				List []struct{ Name, AllValue string }
			}
		}
		if err := json.Unmarshal(text, &read); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		one := board{filepath.Base(file), queries(read.Panels), map[string]query.Value{}}
		for _, v := range read.Templating.List {
			one.variables[v.Name] = query.Value{Multi: true, All: true, AllValue: cmp.Or(v.AllValue, ".+")}
		}
		all = append(all, one)
	}
	return all
}

// recorded finds queries of recorded series, which neither engine has here: no rules run.
var recorded = regexp.MustCompile(`\b(path|job):http_`)

type boardPanel struct {
	Targets []struct{ Expr string }
	Panels  []boardPanel // of a row
}

func queries(panels []boardPanel) []string {
	var all []string
	for _, panel := range panels {
		for _, target := range panel.Targets {
			if target.Expr != "" && !recorded.MatchString(target.Expr) {
				all = append(all, target.Expr)
			}
		}
		all = append(all, queries(panel.Panels)...)
	}
	return all
}
