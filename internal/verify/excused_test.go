package verify

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/report"
)

var update = flag.Bool("update", false, "write what is found into testdata")

const excusedFile = "testdata/excused.golden"

// conditions are the conditions under which queries of the repository's boards are empty as expected, and how to end
// them.
var conditions = []struct {
	name  string
	limit int64 // GOMEMLIMIT, 0: not set
	long  time.Duration
}{
	{"GOMEMLIMIT is not set", 1 << 30, 5 * time.Minute},
	{"there are less than 80 minutes of history", 0, 81 * time.Minute},
}

// TestExcused: the golden file lists the queries that are empty as expected by default. Each has data once the
// condition in the file no longer holds.
func TestExcused(t *testing.T) {
	reason := map[report.Place]string{} // of empty queries
	var order []Judged
	for _, q := range newStand(t).report(t).Queries {
		if q.State == Empty {
			reason[q.Place] = ""
			order = append(order, q)
		}
	}
	for _, c := range conditions {
		for _, q := range standUnder(t, c.limit, c.long).report(t).Queries {
			if known, ok := reason[q.Place]; ok && known == "" && q.State == HasData {
				reason[q.Place] = c.name
			}
		}
	}
	var got strings.Builder
	for _, q := range order {
		if reason[q.Place] == "" {
			t.Errorf("%s (%s) has no data under any condition", q.Place, q.Why)
		}
		fmt.Fprintf(&got, "%s | %s | %s | %s | while %s\n", q.Board, q.Panel, q.Query, q.Why, reason[q.Place])
	}
	compareGolden(t, excusedFile, got.String())
}

// standUnder returns a scraped service with a memory limit.
func standUnder(t *testing.T, limit int64, long time.Duration) *stand {
	t.Helper()
	if limit > 0 {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(limit))
	}
	s, err := makeStand(long)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is out of date; look, and run go test with -update\n got %s\nwant %s", path, got, want)
	}
}
