package dashboards_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/metric"
	"gaugewright/internal/draw"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
	"gaugewright/internal/engine"
	"gaugewright/internal/grafana"
	"gaugewright/internal/observe"
	"gaugewright/internal/opened"
	"gaugewright/internal/source"
)

// TestDrawn: the boards of each preset, and those of a service in a cluster with its longer names, are drawn with no
// text over another one or cut off, and each plot keeps half of its panel.
func TestDrawn(t *testing.T) {
	all := services()
	clustered := all["default collector"]
	clustered.target = inClusters(clustered.target)
	for name, s := range map[string]service{
		"App": all["our app"], "Promhttp": all["default collector"], "OpenTelemetry": all["OTel"], "in a cluster": clustered,
	} {
		t.Run(name, func(t *testing.T) {
			now := time.Now()
			e := filled(t, s, now)
			for _, built := range build(t, s.target) {
				if len(built.Panels) == 0 {
					continue // there is none for this target
				}
				b := openOn(t, built, e, now, s.target.ScrapeInterval)
				if numbers := withNumbers(b); 2*numbers < len(b.Shown) {
					t.Errorf("%s: only %d of %d panels have numbers", b.Title, numbers, len(b.Shown))
				}
				for _, colors := range []*theme.Theme{theme.Dark, theme.Light} {
					checkDrawn(t, b.Title, draw.Board(b, draw.Options{Theme: colors}))
				}
			}
		})
	}
}

// withNumbers counts the panels that have something to show.
func withNumbers(b *opened.Board) (n int) {
	for _, p := range b.Shown {
		if slices.ContainsFunc(p.Queries, func(q opened.Query) bool {
			return slices.ContainsFunc(q.Answers, func(a opened.Answer) bool {
				_, finite := a.Samples()
				return finite > 0
			})
		}) {
			n++
		}
	}
	return n
}

// filled is an engine with ten minutes of a service under traffic, and of what its rules record. There are two
// instances, or one pod.
func filled(t *testing.T, s service, end time.Time) *engine.Engine {
	t.Helper()
	job := s.target.Job
	h, err := observe.New(observe.Options{
		Groups: groupsOf(t, s.target), Job: job, Interval: s.target.ScrapeInterval,
		Labels: map[string]map[string]string{job: {"cluster": "north-1", "namespace": "checkout", "pod": "checkout-7d9f8b6c5d-x2v4q"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var apps []observe.App
	instances := 1
	if slices.Contains(s.target.Identity, metric.InstanceLabel) {
		instances = 2
	}
	for i := range instances {
		apps = append(apps, observe.App{Name: fmt.Sprintf("checkout-%d.checkout.svc.cluster.local", i), Handler: s.handler(t), Drive: visit})
	}
	times := h.Times(end, int(10*time.Minute/s.target.ScrapeInterval))
	if err := h.Apps(t.Context(), apps, times, 5*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	return h.Engine
}

// visit asks for some paths again and again.
func visit(ctx context.Context, url string, client *http.Client) error {
	for i := 0; ctx.Err() == nil; i++ {
		path := []string{"/products", "/products/1", "/orders", "/nowhere", "/health"}[i%5]
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+path, nil)
		if err != nil {
			return err
		}
		if answer, err := client.Do(request); err == nil {
			answer.Body.Close()
		}
		time.Sleep(time.Millisecond)
	}
	return nil
}

// openOn opens a built board over the ten minutes of an engine.
func openOn(t *testing.T, built dashboard.Dashboard, e *engine.Engine, end time.Time, interval time.Duration) *opened.Board {
	t.Helper()
	data, err := json.Marshal(built)
	if err != nil {
		t.Fatal(err)
	}
	board, err := grafana.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	b, err := opened.Open(t.Context(), board, source.Memory{Engine: e},
		opened.Options{From: end.Add(-10 * time.Minute), To: end, Scrape: interval})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func checkDrawn(t *testing.T, name string, pic draw.Picture) {
	t.Helper()
	for _, pair := range svg.Overlaps(pic.Texts) {
		t.Errorf("%s: %q at %v covers %q at %v", name, pair[0].Text, pair[0].Rect, pair[1].Text, pair[1].Rect)
	}
	for _, box := range pic.NoRoom {
		t.Errorf("%s: %q at %v is cut off by %v", name, box.Text, box.Rect, box.Clip)
	}
	for _, p := range pic.Panels {
		if p.Plot != (svg.Rect{}) && p.Plot.W*p.Plot.H < p.Content.W*p.Content.H/2-1 {
			t.Errorf("%s: the plot of %q has less than half of its panel", name, p.Title)
		}
		if !hasText(pic, p.Content) {
			t.Errorf("%s: %q has no value, no axis and no text that says why", name, p.Title)
		}
	}
}

// hasText reports whether a text stands within a part of a picture.
func hasText(pic draw.Picture, part svg.Rect) bool {
	for _, box := range pic.Texts {
		if in := box.Intersect(part); in.W > 0 && in.H > 0 {
			return true
		}
	}
	return false
}
