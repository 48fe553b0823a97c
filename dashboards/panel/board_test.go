package panel_test

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

func stat(title string) builder {
	return panel.Stat(title, about, scope.Value(heap).Max())
}

func wide(title string, span uint32) builder {
	return panel.Stat(title, about, scope.Value(heap).Max()).Span(span)
}

func TestLayout(t *testing.T) {
	built, err := board().
		Row("Now").Line(4, stat("a"), stat("b"), stat("c")).
		Row("Later").Line(8, wide("d", 16), stat("e")).Line(6, stat("f")).
		Build()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range built.Panels {
		got = append(got, place(p))
	}
	want := []string{
		"Now 0,0 24x1", "a 0,1 8x4", "b 8,1 8x4", "c 16,1 8x4",
		"Later 0,5 24x1", "d 0,6 16x8", "e 16,6 8x8", "f 0,14 24x6",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func place(p dashboard.PanelOrRowPanel) string {
	title, grid := "", (*dashboard.GridPos)(nil)
	if p.RowPanel != nil {
		title, grid = *p.RowPanel.Title, p.RowPanel.GridPos
	} else {
		title, grid = *p.Panel.Title, p.Panel.GridPos
	}
	return fmt.Sprintf("%s %d,%d %dx%d", title, grid.X, grid.Y, grid.W, grid.H)
}

// A panel put in the middle changes no other panel but its position, so that the file's diff shows just that.
func TestInsertedPanelLeavesTheOthers(t *testing.T) {
	before := panels(t, board().Row("Now").Line(4, stat("a"), stat("b")).Row("Later").Line(8, stat("c")))
	after := panels(t, board().Row("Now").Line(4, stat("a"), stat("new"), stat("b")).Line(4, stat("more")).Row("Later").Line(8, stat("c")))
	if len(after) != len(before)+2 {
		t.Fatalf("%d panels, then %d", len(before), len(after))
	}
	for id, text := range before {
		if after[id] != text {
			t.Errorf("panel %d changed from\n%s\nto\n%s", id, text, after[id])
		}
	}
}

// panels is each panel's JSON without its position, by id.
func panels(t *testing.T, b *panel.Board) map[uint32]string {
	t.Helper()
	built, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	byID := map[uint32]string{}
	for _, p := range built.Panels {
		var id uint32
		if p.RowPanel != nil {
			id, p.RowPanel.GridPos = p.RowPanel.Id, nil
		} else {
			id, p.Panel.GridPos = *p.Panel.Id, nil
		}
		text, err := json.MarshalIndent(p, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		byID[id] = string(text)
	}
	if len(byID) != len(built.Panels) {
		t.Errorf("%d ids for %d panels", len(byID), len(built.Panels))
	}
	return byID
}

func TestIdsDifferByBoardAndRow(t *testing.T) {
	other := panel.NewBoard(dashboard.NewDashboardBuilder("Other").Uid("go-other")).
		Variable(panel.Custom("datasource", "a")).Variable(panel.Custom("job", "a")).Variable(panel.Custom("instance", "a"))
	here := panels(t, board().Row("Now").Line(4, stat("a")).Row("Later").Line(4, stat("b")))
	for id := range panels(t, other.Row("Now").Line(4, stat("a"))) {
		if _, same := here[id]; same {
			t.Errorf("id %d on both boards", id)
		}
	}
}

// A panel draws the processes in a variable of its own, and no more lines than a reader can tell apart.
func TestByProcess(t *testing.T) {
	line := func(name string) panel.Query { return panel.Named(name, scope.Value(heap)) }
	limit := panel.Named("limit", scope.Value(heap).Min())
	p := build(t, panel.TimeSeries("Heap", about, line("a"), limit))
	for i, want := range []string{scope.Value(heap).Chosen("worst_heap").String(), scope.Value(heap).Min().String()} {
		if expr(p, i) != want {
			t.Errorf("query %s: got %s, want %s", legend(p.Targets[i]), expr(p, i), want)
		}
	}
	if _, err := panel.TimeSeries("Heap", about, line("a"), line("b")).Build(); err != nil {
		t.Errorf("two queries: %v", err)
	}
	_, err := panel.TimeSeries("Heap", about, line("a"), line("b"), limit).Build()
	if err == nil || !strings.Contains(err.Error(), "21 lines, ten for each query by process") {
		t.Errorf("two queries and a limit: %v", err)
	}
}

func TestAggregatedQueriesAreNoFleet(t *testing.T) {
	for _, e := range []promql.Expr{scope.Rate(requests).Sum(), scope.Rate(requests).Sum("path")} {
		p := build(t, panel.TimeSeries("Requests", about, e))
		if expr(p, 0) != e.String() {
			t.Errorf("got %s, want %s", expr(p, 0), e)
		}
	}
}

// TestMeetingIDs: two panels whose ids happen to be the same are a mistake, not a board with a panel too few.
func TestMeetingIDs(t *testing.T) {
	one, other := sameID(t, "go-test")
	_, err := board().Row("Now").Line(4, stat(one), stat(other)).Build()
	want := fmt.Sprintf("panel %q in row %q and panel %q in row %q have the same id: give one another title", one, "Now", other, "Now")
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

// sameID returns two titles that make the same id in the row Now.
func sameID(t *testing.T, uid string) (one, other string) {
	t.Helper()
	seen := map[uint32]string{}
	for n := range 1 << 20 {
		title := fmt.Sprint("Panel ", n)
		h := fnv.New32a()
		fmt.Fprintf(h, "%s\x00Now\x00%s\x00", uid, title)
		id := h.Sum32()&0x7fffffff | 1
		if other := seen[id]; other != "" {
			return other, title
		}
		seen[id] = title
	}
	t.Fatal("no two titles make the same id")
	return "", ""
}
