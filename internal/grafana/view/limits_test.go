package view

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// TestNamesThatGrow: renames that double a name, and joins that multiply the names, end at a limit that is told.
func TestNamesThatGrow(t *testing.T) {
	double := strings.Repeat(`{"id": "renameByRegex", "options": {"regex": "(.+)", "renamePattern": "$1$1"}},`, 60)
	join := strings.Repeat(`{"id": "joinByField", "options": {}},`, 60)
	for text, want := range map[string]string{double: "a name of more than 64 KiB, the limit", join: "more than 100000 names or options, the limit"} {
		board, err := grafana.Read(fmt.Appendf(nil, `{"panels": [{"transformations": [%s]}]}`, strings.TrimSuffix(text, ",")))
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		f := NewFields([]Answer{{Target: grafana.Target{RefID: "A"}, Series: []map[string]string{{"a": "b"}}}, {Target: grafana.Target{RefID: "B"}}})
		f.Apply(board.Panels[0].Transformations)
		if said := strings.Join(f.Doubts(), "\n"); !strings.Contains(said, want) {
			t.Errorf("got %s, want %s", said, want)
		}
		t.Log(time.Since(began))
	}
}

// TestAllowance: patterns have so much time in a minute together, and the next minute again.
func TestAllowance(t *testing.T) {
	var a allowance
	slow := func() error { return errors.New("timeout") }
	if err := a.run(slow); err != errSlow {
		t.Errorf("one that is slow: %v", err)
	}
	if a.add(allTime); a.run(slow) != errSpent {
		t.Error("one is run after the time was spent")
	}
	if a.since = a.since.Add(-2 * allEvery); a.isSpent(time.Now()) {
		t.Error("nothing is run in the next minute")
	}
}

// TestLongTexts: a text of which each variable is a MiB does not become longer than that.
func TestLongTexts(t *testing.T) {
	values := map[string]query.Value{"v": {Values: []string{strings.Repeat("x", 1<<19)}}}
	if put := Put(strings.Repeat("$v ", 10_000), values, query.Times{}, InLegend); len(put) > query.MaxInterpolated+40_000 {
		t.Errorf("%d bytes", len(put))
	}
	_, err := query.Interpolate("$v + $v + $v", values, query.Times{})
	var in *query.Error
	if !errors.As(err, &in) || !in.NotJudged || !strings.Contains(err.Error(), "longer than 1024 KiB, the limit") {
		t.Errorf("got %v", err)
	}
}
