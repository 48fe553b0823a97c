package verify

import (
	"strings"
	"testing"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/grafana"
	"gaugewright/internal/source"
)

// judgedAlone judges a panel with one query. Its series has a sample at the given interval, and ends at the given
// time before the end.
func judgedAlone(t *testing.T, p grafana.Panel, expr string, every, ended time.Duration) verdict {
	t.Helper()
	end := time.Now().Truncate(time.Millisecond)
	series := engine.Series{Labels: map[string]string{"__name__": "shop_orders_total", "job": "shop"}}
	for ago := 24 * time.Hour; ago >= ended; ago -= every {
		series.Samples = append(series.Samples, engine.Sample{T: end.Add(-ago), V: (24*time.Hour - ago).Seconds()})
	}
	e, err := engine.New([]engine.Series{series})
	if err != nil {
		t.Fatal(err)
	}
	j := newJudge(source.Memory{Engine: e}, judging{Options: Options{End: end}, interval: 10 * time.Second})
	if p.Targets == nil {
		p.Targets = []grafana.Target{{}}
	}
	p.Targets[0].Expr, p.Targets[0].Range, p.Targets[0].Factor = expr, true, 1
	o, _, err := j.open(t.Context(), Board{Path: "b.json", Board: grafana.Board{Panels: []grafana.Panel{p}}})
	if err != nil {
		t.Fatal(err)
	}
	v, err := j.panel(t.Context(), o, p)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestEnded: a metric without samples for more than an hour counts as dead, whatever longer ranges show and whatever
// the panel says about missing values.
func TestEnded(t *testing.T) {
	p := grafana.Panel{Defaults: grafana.Field{NoValue: "no orders"}}
	if v := judgedAlone(t, p, "shop_orders_total", time.Minute, 59*time.Minute); v.judged[0].State != Empty {
		t.Errorf("59 minutes ago: %s, %v", v.judged[0].State, v.findings)
	}
	v := judgedAlone(t, p, "shop_orders_total", time.Minute, 61*time.Minute)
	if v.judged[0].State != Dead || len(v.findings) != 1 || !strings.Contains(v.findings[0].Text, "no metric shop_orders_total") {
		t.Errorf("61 minutes ago: %s, %v", v.judged[0].State, v.findings)
	}
}

// TestWindow: a window that grows with the range holds two samples over the longer ranges only. That is a finding, but the
// query is not dead.
func TestWindow(t *testing.T) {
	v := judgedAlone(t, grafana.Panel{MaxDataPoints: 100}, "rate(shop_orders_total[$__interval])", time.Minute, 0)
	want := "no answer over 5m, 1h: rate needs two samples, and the window of shop_orders_total[10s] does not hold them; over 24h it has data"
	if v.judged[0].State != HasData || len(v.findings) != 1 || v.findings[0].Kind != window || v.findings[0].Text != want {
		t.Errorf("%s, %v\nwant %s", v.judged[0].State, v.findings, want)
	}
	v = judgedAlone(t, grafana.Panel{MaxDataPoints: 100}, "rate(shop_orders_total[30s])", time.Minute, 0)
	if v.judged[0].State != Dead || len(v.findings) != 1 || v.findings[0].Kind != dead {
		t.Errorf("a window that does not grow: %s, %v", v.judged[0].State, v.findings)
	}
}

// TestMinInterval: a service scraped every two minutes has a rate over $__rate_interval only if the panel or the
// query sets Grafana's "Min interval". Four times the data source's scrape interval is too short.
func TestMinInterval(t *testing.T) {
	for name, test := range map[string]struct {
		panel grafana.Panel
		want  State
	}{
		"none":           {grafana.Panel{}, Dead},
		"of the panel":   {grafana.Panel{Interval: "2m"}, HasData},
		"at least":       {grafana.Panel{Interval: ">2m"}, HasData},
		"of the query":   {grafana.Panel{Targets: []grafana.Target{{Interval: "2m"}}}, HasData},
		"no longer than": {grafana.Panel{Interval: "1s"}, Dead},
	} {
		v := judgedAlone(t, test.panel, "rate(shop_orders_total[$__rate_interval])", 2*time.Minute, 0)
		if v.judged[0].State != test.want {
			t.Errorf("%s: %s, want %s: %v", name, v.judged[0].State, test.want, v.findings)
		}
	}
}
