package diff

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestMerge: a board and the ConfigMap that holds it are told once, and so are rules in a file and in a manifest.
func TestMerge(t *testing.T) {
	for _, c := range []struct{ paths, old, new string }{
		{"grafana/dashboards/go-http.json kubernetes/manifests/dashboard-go-http.yaml", `"unit": "percentunit"`, `"unit": "percent"`},
		{"prometheus/rules/go-gc.yml kubernetes/manifests/rules-go-gc.yaml", "for: 10m", "for: 20m"},
	} {
		var old, new []File
		for path := range strings.FieldsSeq(c.paths) {
			data, err := os.ReadFile("../../provisioning/" + path)
			if err != nil {
				t.Fatal(err)
			}
			old = append(old, File{Path: path, Data: data})
			new = append(new, File{Path: path, Data: []byte(strings.ReplaceAll(string(data), c.old, c.new))})
		}
		r := Compare(old, new)
		if len(r.Sections) != 1 || !slices.Equal(r.Sections[0].Files, strings.Fields(c.paths)) {
			t.Errorf("%s: %s\n%s", c.paths, r.Verdict(), told(r))
		}
	}
}

// TestConfigMap: a ConfigMap's own changes are told beside those of its board.
func TestConfigMap(t *testing.T) {
	data, err := os.ReadFile("../../provisioning/kubernetes/manifests/dashboard-go-http.yaml")
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(data), "grafana_folder: Go service", "grafana_folder: Services", 1)
	r := Compare([]File{{Path: "a.yaml", Data: data}}, []File{{Path: "a.yaml", Data: []byte(strings.Replace(changed, `"refresh": "30s"`, `"refresh": "1m"`, 1))}})
	want := "behaviour: the board: refresh: 30s → 1m\nbehaviour: the document: metadata.annotations.grafana_folder: Go service → Services\n"
	if got := told(r); got != want {
		t.Errorf("got\n%s", got)
	}
}
