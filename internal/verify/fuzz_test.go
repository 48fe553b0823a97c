package verify

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gaugewright/internal/grafana"
)

// FuzzJudge: judging ends without a panic or an error, whatever types the values of a board have. The seed decides which
// values of the board get another type or change places.
func FuzzJudge(f *testing.F) {
	var boards []string
	paths, err := filepath.Glob("../grafana/testdata/boards/*.json")
	if err != nil || len(paths) == 0 {
		f.Fatal("no boards", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		boards = append(boards, string(text))
	}
	boards = append(boards, jsonBoard[:strings.LastIndex(jsonBoard, "}")+1])
	for _, kind := range slices.Sorted(maps.Keys(trials)) {
		for _, name := range []string{"query", "interval", "groupBy", "reduce", "labelsToFields", "byRegexp", "hide", "date"} {
			if tr, ok := trials[kind](name); ok {
				boards = append(boards, tr.living, tr.mistake)
			}
		}
	}
	for i, board := range boards {
		for seed := range uint64(6) {
			f.Add([]byte(mark.ReplaceAllString(board, "")), seed*uint64(i+1))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, seed uint64) {
		var board any
		if json.Unmarshal(text, &board) == nil && seed > 0 {
			r := rand.New(rand.NewPCG(seed, 1))
			board = retyped(r, board)
			if changed, err := json.Marshal(board); err == nil {
				text = changed
			}
		}
		read, _ := grafana.ReadAll(text)
		for i := range read {
			read[i].Panels = read[i].Panels[:min(len(read[i].Panels), 20)]
		}
		if r, err := judgedBoards(t, read); err != nil || r.Boards != len(read) {
			t.Errorf("%v\n%s", err, text)
		}
	})
}

// retyped returns a value of a board in which some values have other types, and some members are those of others.
func retyped(r *rand.Rand, value any) any {
	if r.IntN(25) == 0 {
		others := []any{nil, true, -1.5, 1e300, "", "$x", "{{", "byName", []any{}, []any{value}, map[string]any{}, map[string]any{"id": value, "value": value}}
		return others[r.IntN(len(others))]
	}
	switch value := value.(type) {
	case []any:
		for i := range value {
			value[i] = retyped(r, value[i])
		}
	case map[string]any:
		names := slices.Sorted(maps.Keys(value))
		for _, name := range names {
			value[name] = retyped(r, value[name])
			if r.IntN(40) == 0 {
				value[name] = value[names[r.IntN(len(names))]]
			}
		}
	}
	return value
}
