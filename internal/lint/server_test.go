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

// silentServer does not answer one kind of question.
type silentServer struct {
	fakeServer
	silent string
}

func (s silentServer) answer(question string) error {
	if strings.HasPrefix(question, s.silent) {
		return &source.Unanswered{Reason: "server error: 503"}
	}
	return nil
}

func (s silentServer) Metadata(ctx context.Context) (map[string]source.Metadata, error) {
	return s.kinds, s.answer("kinds")
}

func (s silentServer) LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error) {
	all, _ := s.fakeServer.LabelValues(ctx, selector, label, from, to)
	return all, s.answer("names")
}

func (s silentServer) Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error) {
	all, _ := s.fakeServer.Series(ctx, selector, from, to)
	return all, s.answer("series of " + selector)
}

// TestUnanswered: what a server does not answer is named, and the rest is linted.
func TestUnanswered(t *testing.T) {
	data := []byte(jsonText(t, aroundQuery(nil, []string{`rate(shop_queue[5m])`, `sum(rate(shop_orders_total{paht="/a"}[5m]))`, `quantile(5, shop_queue)`})))
	server := fakeServer{
		kinds: map[string]source.Metadata{"shop_queue": {Kind: "gauge"}, "shop_orders_total": {Kind: "counter"}},
		series: map[string][]map[string]string{
			"shop_queue":        {{"__name__": "shop_queue", "job": "shop"}},
			"shop_orders_total": {{"__name__": "shop_orders_total", "job": "shop", "path": "/a"}},
		},
	}
	for silent, test := range map[string]struct{ lacks, finds string }{
		"nothing":                          {"", "rate-of-gauge A, unknown-label B, quantile-outside C"},
		"names":                            {"the names of its metrics: server error: 503", "quantile-outside C"},
		"kinds":                            {"the kinds of its metrics: server error: 503", "unknown-label B, quantile-outside C"},
		`series of {__name__="shop_orders`: {"the series of shop_orders_total: server error: 503", "rate-of-gauge A, quantile-outside C"},
	} {
		files, m := Read([]Source{{Path: "board.json", Data: data}}), NewMetrics()
		if err := m.Ask(t.Context(), silentServer{server, silent}, files, time.Now()); err != nil {
			t.Fatal(err)
		}
		var lacks, finds []string
		for _, f := range m.Unanswered {
			lacks = append(lacks, f.Text)
		}
		for _, f := range Lint(files, m).Findings {
			if f.Severity == Error {
				finds = append(finds, f.Rule+" "+f.Query)
			}
		}
		if strings.Join(lacks, ", ") != test.lacks || strings.Join(finds, ", ") != test.finds {
			t.Errorf("without %s: lacks %q, finds %q", silent, lacks, finds)
		}
	}
}
