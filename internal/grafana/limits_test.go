package grafana

import (
	"fmt"
	"strings"
	"testing"
)

// TestBoardLimits: of a board or a file over a limit, what is within it is read, and the limit is told.
func TestBoardLimits(t *testing.T) {
	list := func(count int, what string) string { return strings.TrimSuffix(strings.Repeat(what+",", count), ",") }
	panels := func(what string) string { return fmt.Sprintf(`{"title": "T", "panels": [%s]}`, what) }
	v2 := `{"apiVersion": "dashboard.grafana.app/v2", "spec": {"title": "T", "elements": {"p": {"kind": "Panel"}}, "layout": {"kind": "%s", "spec": {%s}}}}`
	for name, test := range map[string]struct {
		text           string
		boards, panels int
		says           string // empty where all is read
	}{
		"as many panels as are allowed": {panels(list(maxParts, "{}")), 1, maxParts, ""},
		"panels":                        {panels(list(maxParts+1, "{}")), 1, maxParts, `the board "T" has more than 2000 panels, the limit: those over it are not read`},
		"panels in rows": {panels(list(3, `{"type": "row", "panels": [`+list(1000, "{}")+`]}`)), 1, maxParts - 3,
			"more than 2000 panels"},
		"panels of old rows": {`{"title": "T", "rows": [{"panels": [` + list(maxParts+1, "{}") + `]}]}`, 1, maxParts, "more than 2000 panels"},
		"queries":            {panels(`{"targets": [` + list(maxPanelParts+1, "{}") + `]}`), 1, 1, "more than 10000 queries"},
		"overrides":          {panels(`{"fieldConfig": {"overrides": [` + list(maxPanelParts+1, "{}") + `]}}`), 1, 1, "more than 10000 overrides"},
		"two kinds": {`{"title": "T", "panels": [` + list(maxParts+1, "{}") + `], "links": [` + list(maxParts+1, "{}") + `]}`, 1, maxParts,
			"more than 2000 links and 2000 panels"},
		"variables":    {`{"title": "T", "panels": [], "templating": {"list": [` + list(maxParts+1, "{}") + `]}}`, 1, 0, "more than 2000 variables"},
		"tabs":         {fmt.Sprintf(v2, "TabsLayout", `"tabs": [`+list(maxParts+1, "{}")+`]`), 1, 1, "more than 2000 rows and tabs"},
		"items":        {fmt.Sprintf(v2, "GridLayout", `"items": [`+list(maxParts+1, "{}")+`]`), 1, 0, "more than 2000 panels"},
		"values":       {`{"title": "T", "panels": [], "x": [` + list(maxBoardValues, "0") + `]}`, 0, 0, `the board "T" has more than 262144 values, the limit: it is not read`},
		"boards":       {"[" + list(maxBoards+1, panels("")) + "]", maxBoards, 0, "more than 1000 boards or 20000 panels, the limits of a file: only the first 1000 boards are read"},
		"all boards":   {"[" + list(maxBoards, panels("")) + "]", maxBoards, 0, ""},
		"all panels":   {"[" + list(12, panels(list(maxParts, "{}"))) + "]", 10, maxFilePanels, "only the first 10 boards are read"},
		"documents":    {strings.Repeat("---\ntitle: T\npanels: []\n", maxBoards+1), maxBoards, 0, "only the first 1000 boards are read"},
		"in ConfigMap": {"kind: ConfigMap\napiVersion: v1\ndata: {a.json: '" + panels(list(maxParts+1, "{}")) + "'}", 1, maxParts, "more than 2000 panels"},
		"no boards":    {"[" + list(100_000, "1") + "]", 0, 0, "more errors like these"},
	} {
		t.Run(name, func(t *testing.T) {
			boards, errs := ReadAll([]byte(test.text))
			found := 0
			for _, b := range boards {
				found += len(b.Panels)
			}
			if len(boards) != test.boards || found != test.panels {
				t.Errorf("%d boards with %d panels", len(boards), found)
			}
			said := fmt.Sprint(errs)
			if test.says == "" && len(errs) > 0 || !strings.Contains(said, test.says) {
				t.Errorf("%.300s", said)
			}
		})
	}
}

// TestLongLegend: a legend over the limit is not made into a name of each series.
func TestLongLegend(t *testing.T) {
	b, err := Read(fmt.Appendf(nil, `{"panels": [{"targets": [{"expr": "up", "legendFormat": %q}, {"expr": "up", "legendFormat": "a"}]}]}`,
		strings.Repeat("a", maxLegend+1)))
	if err != nil {
		t.Fatal(err)
	}
	if long, short := b.Panels[0].Targets[0], b.Panels[0].Targets[1]; long.Skip != "its legend has more than 64 KiB, the limit" || short.Skip != "" {
		t.Errorf("%q, %q", long.Skip, short.Skip)
	}
}

// TestCopies: aliases of YAML that stand for more values than they may are refused before they are read.
func TestCopies(t *testing.T) {
	text := "title: T\npanels: []\na: &a [" + strings.Repeat("0,", 1000) + "0]\nb: [" + strings.Repeat("*a,", 300) + "*a]\n"
	if _, err := Read([]byte(text)); err == nil || !strings.Contains(err.Error(), "aliases that stand for more than 262144 values") {
		t.Error(err)
	}
}
