package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/histogram"

	"gaugewright/internal/engine"
)

var at = time.UnixMilli(1_700_000_000_000)

// shop is a source in memory: a counter, a gauge without a number, a native histogram.
func shop(t *testing.T) Memory {
	t.Helper()
	native := &histogram.FloatHistogram{
		Schema: 0, Count: 6, Sum: 9, ZeroThreshold: 0.001, ZeroCount: 1,
		PositiveSpans: []histogram.Span{{Offset: 1, Length: 2}}, PositiveBuckets: []float64{2, 3},
	}
	e, err := engine.New([]engine.Series{
		{Labels: map[string]string{"__name__": "orders_total", "path": "/a"}, Samples: []Sample{{T: at.Add(-time.Minute), V: 1}, {T: at, V: 4}}},
		{Labels: map[string]string{"__name__": "ratio"}, Samples: []Sample{{T: at.Add(-time.Minute), V: 1}, {T: at, V: math.NaN()}}},
		{Labels: map[string]string{"__name__": "duration"}, Samples: []Sample{{T: at, H: native}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return Memory{e}
}

// TestMemory: answers have labels, times and values.
func TestMemory(t *testing.T) {
	m := shop(t)
	ctx := t.Context()
	a, err := m.Range(ctx, "orders_total", at.Add(-time.Minute), at, time.Minute)
	want := []Sample{{T: at.Add(-time.Minute), V: 1}, {T: at, V: 4}}
	if err != nil || len(a.Series) != 1 || a.Series[0].Labels["path"] != "/a" || !slices.EqualFunc(a.Series[0].Samples, want, equal) {
		t.Errorf("%v, %v", err, a.Series)
	}
	a, err = m.Instant(ctx, "ratio or orders_total", at)
	if all, finite := a.Samples(); err != nil || all != 2 || finite != 1 {
		t.Errorf("%v: %d samples, %d finite", err, all, finite)
	}
	a, err = m.Instant(ctx, "duration", at)
	if err != nil || len(a.Series) != 1 {
		t.Fatal(err, a)
	}
	if got, want := Buckets(a.Series[0].Samples[0]), []Bucket{{-0.001, 0.001, 1}, {1, 2, 2}, {2, 4, 3}}; !slices.Equal(got, want) {
		t.Errorf("buckets %v, want %v", got, want)
	}
	if a, err = m.Instant(ctx, "rate(ratio[5m])", at); err != nil || len(a.Remarks) != 1 {
		t.Errorf("%v, remarks %q", err, a.Remarks)
	}
	var refused *Refused
	if _, err := m.Instant(ctx, "sum(", at); !errors.As(err, &refused) {
		t.Errorf("%v is not about the query", err)
	}
	names, err := m.LabelNames(ctx, at.Add(-time.Hour), at)
	if err != nil || !slices.Equal(names, []string{"__name__", "path"}) {
		t.Errorf("%v, %q", err, names)
	}
}

func equal(a, b Sample) bool { return a.T.Equal(b.T) && a.V == b.V }

// TestAnswered: each form of a server's answer is read with its values. What the server says of itself stays apart from
// what PromQL says.
func TestAnswered(t *testing.T) {
	const bucket = `[0, "1", "2", "2"]`
	for name, test := range map[string]struct {
		value model.Value
		text  string
		want  string
	}{
		"matrix": {&model.Matrix{}, `[{"metric": {"a": "b"}, "values": [[1, "2"], [1.5, "NaN"]]}]`, "map[a:b] 1000=2 1500=NaN;"},
		"vector": {&model.Vector{}, `[{"metric": {}, "value": [1, "+Inf"]}, {"metric": {"a": "c"}, "value": [1, "3"]}]`, "map[] 1000=+Inf;map[a:c] 1000=3;"},
		"histogram": {&model.Vector{}, `[{"metric": {}, "histogram": [1, {"count": "5", "sum": "7", "buckets": [` + bucket + `, [0, "4", "8", "3"]]}]}]`,
			"map[] 1000=[{1 2 2} {4 8 3}]5,7;"},
		"both": {&model.Matrix{}, `[{"metric": {}, "values": [[2, "1"]], "histograms": [[1, {"count": "2", "sum": "3", "buckets": [` + bucket + `]}]]}]`,
			"map[] 1000=[{1 2 2}]2,3 2000=1;"},
		"scalar":  {&model.Scalar{}, `[1, "2"]`, "map[] 1000=2;"},
		"nothing": {&model.Matrix{}, `[]`, ""},
	} {
		if err := json.Unmarshal([]byte(test.text), test.value); err != nil {
			t.Fatal(name, err)
		}
		value := test.value
		switch v := value.(type) {
		case *model.Matrix:
			value = *v
		case *model.Vector:
			value = *v
		}
		a := answered(value, []string{"PromQL info: x", "partial"}, []string{"PromQL info: y"})
		got := ""
		for _, s := range a.Series {
			got += fmt.Sprint(s.Labels)
			for _, sample := range s.Samples {
				if sample.H != nil {
					got += fmt.Sprintf(" %d=%v%v,%v", sample.T.UnixMilli(), Buckets(sample), sample.H.Count, sample.H.Sum)
				} else {
					got += fmt.Sprintf(" %d=%v", sample.T.UnixMilli(), sample.V)
				}
			}
			got += ";"
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
		if len(a.Remarks) != 2 || !slices.Equal(a.Server, []string{"partial"}) {
			t.Errorf("%s: remarks %q, the server's %q", name, a.Remarks, a.Server)
		}
	}
}
