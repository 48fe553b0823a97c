package provision_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"gaugewright/dashboards"
	"gaugewright/dashboards/provision"
	"gaugewright/internal/report/reporttest"
)

// TestHostile: what files and boards are called is printed as text.
func TestHostile(t *testing.T) {
	out := filepath.Join(t.TempDir(), reporttest.FileName, "out")
	foreign := filepath.Join(out, "grafana/dashboards", reporttest.FileName+".json")
	boards := []dashboards.Board{board("go-pwned", "")}
	gen(t, 0, boards, "-out", out)
	if err := os.WriteFile(foreign, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		args   []string
		boards []dashboards.Board
	}{
		"a foreign file": {[]string{"-check", "-out", out}, boards},
		"written":        {[]string{"-out", out}, []dashboards.Board{board("go-pwned", "new")}},
		"in the way":     {[]string{"-out", filepath.Join(foreign, "pwned")}, boards},
		"a flag":         {[]string{"-" + reporttest.Hostile}, boards},
		"an argument":    {[]string{reporttest.Hostile}, boards},
		"a format":       {[]string{"-format", reporttest.Hostile, "-out", out}, boards},
		"a board":        {[]string{"-out", out}, []dashboards.Board{board(reporttest.Hostile, "")}},
		"a board twice":  {[]string{"-out", out}, append(boards, board(reporttest.Hostile, ""), board(reporttest.Hostile, ""))},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			provision.Run(test.args, &stdout, &stderr, service(plain(), test.boards...))
			reporttest.Safe(t, "text", stdout.String(), stderr.String())
		})
	}
}
