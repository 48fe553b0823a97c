package grafana

import (
	"testing"
)

// FuzzRead: for any file, reading it, resolving its variables and matching its overrides ends without a panic. Every
// query of the result has a name, and is a range query or an instant one.
func FuzzRead(f *testing.F) {
	for _, path := range boardPaths(f) {
		f.Add(readFile(f, path))
	}
	f.Add([]byte(`{"rows": [{"panels": [{"targets": [{"expr": 1}]}]}]}`))
	f.Add([]byte(`{"panels": [{"type": "row", "panels": [{"type": "row", "panels": [{"type": "row", "panels": [{"type": "row"}]}]}]}]}`))
	f.Add([]byte(`{"panels": [], "templating": {"list": [{"type": "interval", "name": "x", "auto": true, "auto_count": -1}]}}`))
	f.Add([]byte(`{"panels": [], "templating": {"list": [{"type": "query", "name": "x", "query": "label_values($x, $y)", "regex": "/(?<value>$x)/g"}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Read(data)
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
			for _, o := range p.Overrides {
				fields.Unmatched(o)
			}
		}
		if _, _, err := Resolve(t.Context(), b, shop, nil, shownTimes); err != nil {
			t.Error(err)
		}
	})
}
