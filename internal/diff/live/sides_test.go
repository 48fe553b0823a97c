package live

import (
	"strings"
	"testing"

	"gaugewright/internal/diff"
	"gaugewright/internal/diff/live/livetest"
)

// TestSources: boards are found in whatever file they are, each once. A board's folder and uid are told only where the
// source says them.
func TestSources(t *testing.T) {
	const (
		board    = `{"uid": "a", "title": "A", "panels": [], "refresh": "30s"}`
		noUID    = `{"title": "A", "panels": [], "refresh": "30s"}`
		resource = `{"apiVersion": "dashboard.grafana.app/v0alpha1", "kind": "Dashboard", "metadata": {"name": "a"%},
			"spec": {"title": "A", "panels": [], "refresh": "30s"}}`
		annotated = `, "annotations": {"grafana.app/folder": "team"}`
		configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  a.json: '" + board + "'\n"
	)
	for name, test := range map[string]struct {
		files []diff.File
		want  string
	}{
		"a board":         {[]diff.File{{Path: "a.json", Data: []byte(board)}}, ""},
		"a board in YAML": {[]diff.File{{Path: "a.yml", Data: []byte(board)}}, ""},
		"without a uid":   {[]diff.File{{Path: "a.json", Data: []byte(noUID)}}, ""},
		"a ConfigMap":     {[]diff.File{{Path: "a.yml", Data: []byte(configMap)}}, ""},
		"twice":           {[]diff.File{{Path: "a.json", Data: []byte(board)}, {Path: "a.yml", Data: []byte(configMap)}}, ""},
		"a resource":      {[]diff.File{{Path: "a.json", Data: []byte(strings.Replace(resource, "%", "", 1))}}, ""},
		"in its folder":   {[]diff.File{{Path: "a.json", Data: []byte(strings.Replace(resource, "%", annotated, 1))}}, ""},
		"moved on the server": {
			[]diff.File{{Path: "a.json", Data: []byte(strings.Replace(strings.Replace(resource, "%", annotated, 1), "team", "other", 1))}},
			"a.json: : folder: other → team\n",
		},
		"two in a file": {
			[]diff.File{{Path: "all.json", Data: []byte(`[` + board + `, {"uid": "b", "title": "B", "panels": [{"id": 1, "type": "stat", "title": "X"}]}]`)}},
			"all.json: : not on the server\n",
		},
		"beside rules": {[]diff.File{{Path: "a.json", Data: []byte(board)}, {Path: "r.yml", Data: []byte("groups: []\n")}}, ""},
		"beside a bad file": {
			[]diff.File{{Path: "a.json", Data: []byte(board)}, {Path: "bad.json", Data: []byte("{]")}},
			"not read: bad.json: not JSON: line 1, column 2: ",
		},
		"two that differ": {
			[]diff.File{{Path: "a.json", Data: []byte(board)}, {Path: "b.json", Data: []byte(strings.Replace(board, "30s", "1m", 1))}},
			"error: a.json and b.json have different boards with the uid a: name one folder\n",
		},
		"none": {[]diff.File{{Path: "r.yml", Data: []byte("groups: []\n")}}, "error: there is no board among the sources: name their folder\n"},
	} {
		server := &livetest.Server{Boards: []livetest.Board{{UID: "a", Folder: "team", Spec: []byte(board)}}}
		if got := told(t, asking(t, server), test.files); got != test.want && (!strings.HasSuffix(test.want, ": ") || !strings.HasPrefix(got, test.want)) {
			t.Errorf("%s: got\n%s, want\n%s", name, got, test.want)
		}
	}
}

// TestFolder: of the boards without a source, those in a folder and below it are named; a board with a source is compared
// wherever it is.
func TestFolder(t *testing.T) {
	empty := func(title string) []byte { return []byte(`{"title": "` + title + `", "panels": []}`) }
	server := &livetest.Server{
		Folders: []livetest.Folder{
			{UID: "below", Title: "Below", Parent: "team"}, {UID: "team", Title: "Team"}, {UID: "x", Title: "Twice"}, {UID: "y", Title: "Twice"},
		},
		Boards: []livetest.Board{
			{UID: "a", Folder: "x", Spec: empty("A")}, {UID: "b", Spec: empty("B")}, {UID: "c", Folder: "team", Spec: empty("C")},
			{UID: "d", Folder: "below", Spec: empty("D")}, {UID: "e", Folder: "x", Spec: empty("E")}, {UID: "f", Spec: empty("F")},
		},
	}
	for folder, want := range map[string]string{
		"team": "c d", "Team": "c d", "below": "d", "general": "f", "General": "f", "x": "e", "y": "", "": "c d e f",
		"Twice": "several folders have this title: name one by its uid: x, y", "none": "no folder has this uid or title",
	} {
		for _, server.Older = range []bool{false, true} {
			g := asking(t, server)
			g.Folder = folder
			got := told(t, g, two)
			var found []string
			for line := range strings.Lines(got) {
				if uid, isNew := strings.CutSuffix(line, ": : only on the server: it has no source here\n"); isNew {
					found = append(found, strings.TrimPrefix(uid, "http://grafana.test/sub/d/"))
				}
			}
			result := strings.Join(found, " ")
			if _, said, isRefused := strings.Cut(got, "-folder "+folder+": "); isRefused {
				result = strings.TrimSpace(said)
			}
			if result != want || strings.Contains(got, "not on the server") {
				t.Errorf("folder %q: %s", folder, got)
			}
		}
	}
}
