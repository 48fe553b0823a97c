package lint

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/source"
)

// fakeServer has the series of a few metrics.
type fakeServer struct {
	kinds  map[string]source.Metadata
	series map[string][]map[string]string
}

func (s fakeServer) Metadata(context.Context) (map[string]source.Metadata, error) {
	if s.kinds == nil {
		return nil, errors.New("404")
	}
	return s.kinds, nil
}

func (s fakeServer) LabelValues(_ context.Context, _, label string, _, _ time.Time) ([]string, error) {
	var all []string
	for name := range s.series {
		all = append(all, name)
	}
	return all, nil
}

func (s fakeServer) Series(_ context.Context, selector string, _, _ time.Time) ([]map[string]string, error) {
	name := strings.Trim(strings.TrimPrefix(selector, "{__name__="), `"}`)
	return s.series[name], nil
}

// TestAsk: a server knows which metrics there are, their labels, and, where it keeps metadata, their kinds.
func TestAsk(t *testing.T) {
	board := aroundQuery(map[string]string{"legend": "{{route}}"}, []string{
		`rate(shop_queue[5m])`, `sum by (route) (rate(shop_orders_total{path="/a"}[5m]))`, `shop_gone`, `sum(shop_orders_total)`,
	})
	data := []byte(jsonText(t, board))
	server := fakeServer{
		kinds: map[string]source.Metadata{"shop_queue": {Kind: "gauge"}, "shop_orders_total": {Kind: "counter"}},
		series: map[string][]map[string]string{
			"shop_queue":        {{"__name__": "shop_queue", "job": "shop", "route": "x"}},
			"shop_orders_total": {{"__name__": "shop_orders_total", "job": "shop", "path": "/a"}},
		},
	}
	for _, test := range []struct {
		name   string
		server fakeServer
		want   string
	}{
		{"all", server, "rate-of-gauge A, unknown-label B, unknown-metric C, raw-counter D, legend-label D"},
		{"no metadata", fakeServer{series: server.series}, "unknown-label B, unknown-metric C, raw-counter D, legend-label D"},
	} {
		files, m := Read([]Source{{Path: "board.json", Data: data}}), NewMetrics()
		if err := m.Ask(t.Context(), test.server, files, time.Now()); err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, f := range Lint(files, m).Findings {
			if f.Severity == Error {
				got[f.Rule+" "+f.Query] = true
			}
		}
		for want := range strings.SplitSeq(test.want, ", ") {
			if !got[want] {
				t.Errorf("%s: %s is not found", test.name, want)
			}
			delete(got, want)
		}
		for other := range got {
			t.Errorf("%s: %s is found", test.name, other)
		}
	}
}
