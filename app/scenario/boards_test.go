package scenario

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/observe/recorded"
	"gaugewright/internal/opened"
	"gaugewright/internal/source"
)

// TestBoards: each query of our boards has an answer over the run's last hour, so that a picture of none is empty.
func TestBoards(t *testing.T) {
	file, err := os.Open(runFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	run, err := recorded.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("../../provisioning/grafana/dashboards/*.json")
	if err != nil || names == nil {
		t.Fatalf("no boards: %v", err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := grafana.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		open, err := opened.Open(t.Context(), b, source.Memory{Engine: run.Engine},
			opened.Options{From: End.Add(-time.Hour), To: End, Scrape: Interval})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range open.Shown {
			for _, q := range p.Queries {
				if !hasNumbers(q) {
					t.Errorf("%s: %s, query %s: no numbers: %s %s", b.Title, p.Title, q.RefID, q.Text, q.Why)
				}
			}
		}
	}
}

func hasNumbers(q opened.Query) bool {
	for _, a := range q.Answers {
		if _, finite := a.Samples(); finite > 0 {
			return true
		}
	}
	return false
}
