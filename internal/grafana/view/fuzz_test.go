package view

import (
	"os"
	"path/filepath"
	"testing"

	"gaugewright/internal/grafana"
)

// FuzzView: for any board, resolving its variables and matching its overrides ends without a panic. Every query of the
// board has a name, and is a range query or an instant one.
func FuzzView(f *testing.F) {
	paths, err := filepath.Glob("../testdata/boards/*.json")
	if err != nil || len(paths) == 0 {
		f.Fatal("no boards", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"rows": [{"panels": [{"targets": [{"expr": 1}]}]}]}`))
	f.Add([]byte(`{"panels": [{"type": "row", "panels": [{"type": "row", "panels": [{"type": "row", "panels": [{"type": "row"}]}]}]}]}`))
	f.Add([]byte(`{"panels": [], "templating": {"list": [{"type": "interval", "name": "x", "auto": true, "auto_count": -1}]}}`))
	f.Add([]byte(`{"panels": [], "templating": {"list": [{"type": "query", "name": "x", "query": "label_values($x, $y)", "regex": "/(?<value>$x)/g"}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := grafana.Read(data)
		if err != nil {
			return
		}
		for _, p := range b.Panels {
			var answers []Answer
			for _, target := range p.Targets {
				if target.RefID == "" || !target.Instant && !target.Range || target.Factor < 1 {
					t.Errorf("%+v", target)
				}
				answers = append(answers, Answer{Target: target, Series: shop[:1]}, Answer{Target: target})
			}
			fields := NewFields(answers)
			fields.Apply(p.Transformations)
			fields.Configure(p.Defaults, p.Overrides, as)
			Copies(p, nil, 10)
		}
		if _, err := Resolve(t.Context(), b, shop, nil, shownTimes); err != nil {
			t.Error(err)
		}
	})
}
