package verify

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/asv2"
	"gaugewright/internal/report"
)

// TestSameVerdicts: the repository's boards get the same verdicts in every version of v2 as in classic JSON, also when
// they have mistakes. Only the lines differ.
func TestSameVerdicts(t *testing.T) {
	s := newStand(t)
	paths, err := filepath.Glob(filepath.Join(root, boardFiles))
	if err != nil || len(paths) != len(s.files.Boards) {
		t.Fatal(paths, err)
	}
	j := s.judge() // asks each question once for all forms
	for _, breaks := range []bool{false, true} {
		want := s.of(t, j, paths, "", breaks)
		if breaks != (len(want.Findings) > 20) {
			t.Errorf("%d findings in classic boards; with mistakes: %v", len(want.Findings), breaks)
		}
		for _, version := range []string{"v2", "v2beta1", "v2alpha1"} {
			got := s.of(t, j, paths, version, breaks)
			sameFindings(t, version, "finding", got.Findings, want.Findings)
			sameFindings(t, version, "note", got.Notes, want.Notes)
			sameFindings(t, version, "error", got.Errors, want.Errors)
			if len(got.Queries) != len(want.Queries) || len(got.Queries) < 100 {
				t.Fatalf("%s: %d queries, want %d", version, len(got.Queries), len(want.Queries))
			}
			for i, q := range got.Queries {
				other := want.Queries[i]
				q.Line, other.Line, q.Took, other.Took = 0, 0, 0, 0
				if q != other {
					t.Errorf("%s: %+v, want %+v", version, q, other)
				}
			}
		}
	}
}

func sameFindings(t *testing.T, version, what string, got, want []report.Finding) {
	t.Helper()
	unplaced := func(all []report.Finding) []report.Finding {
		all = slices.Clone(all)
		for i := range all {
			all[i].Line = 0
		}
		return all
	}
	got, want = unplaced(got), unplaced(want)
	for _, f := range got {
		if !slices.Contains(want, f) {
			t.Errorf("%s: the %s is new: %s", version, what, f)
		}
	}
	for _, f := range want {
		if !slices.Contains(got, f) {
			t.Errorf("%s: the %s is missing: %s", version, what, f)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d of %s, want %d", version, len(got), what, len(want))
	}
}

// of judges the boards of the files in a version of v2, or as they are. It breaks every third query if it shall.
func (s *stand) of(t *testing.T, j *judge, paths []string, version string, breaks bool) *Report {
	t.Helper()
	f := s.files
	f.Boards = nil
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var board map[string]any
		if err := json.Unmarshal(text, &board); err != nil {
			t.Fatal(err)
		}
		if version != "" {
			board = asv2.Board(board, version)
		}
		if text, err = json.Marshal(board); err != nil {
			t.Fatal(err)
		}
		read, err := grafana.Read(text)
		if err != nil {
			t.Fatal(path, version, err)
		}
		if breaks {
			breakSome(read)
		}
		f.Boards = append(f.Boards, Board{filepath.Base(path), read})
	}
	r, err := j.report(t.Context(), f, &report.Progress{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// breakSome makes mistakes: in the names of metrics, in legends and in overrides.
func breakSome(b grafana.Board) {
	for i, p := range b.Panels {
		for j := range p.Targets {
			switch (i + j) % 3 {
			case 0:
				p.Targets[j].Expr = "gone_" + p.Targets[j].Expr
			case 1:
				p.Targets[j].Legend += "{{gone}}"
			}
		}
		for j := range p.Overrides {
			p.Overrides[j].Options = grafana.NewText("gone")
		}
	}
}
