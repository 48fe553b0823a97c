package dashboards_test

import (
	"context"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	prom "github.com/prometheus/client_golang/prometheus"

	"gaugewright/app/server"
	"gaugewright/dashboards"
	"gaugewright/dashboards/provision"
	"gaugewright/internal/engine"
	ruletest "gaugewright/internal/rules"
	"gaugewright/internal/scrape"
)

// A healthy app with traffic raises no alert, at production's pace and at the demo's; a sick one raises those that are meant
// for its sickness and no other. The clock is made, so that half an hour takes seconds.
func TestQuietUnlessSick(t *testing.T) {
	for name, c := range map[string]struct {
		target dashboards.Target
		leak   server.Leak
		lasts  time.Duration
		fires  []string
	}{
		"healthy, production": {dashboards.App, server.Leak{}, 30 * time.Minute, nil},
		"healthy, demo":       {dashboards.App.Demo(), server.Leak{}, 5 * time.Minute, nil},
		"failing, production": {dashboards.App, server.Leak{Errors: 0.05}, 30 * time.Minute, burning},
		"failing, demo":       {dashboards.App.Demo(), server.Leak{Errors: 0.05}, time.Minute, burning},
		"leaking, demo":       {dashboards.App.Demo(), server.Leak{Goroutines: 3}, 3 * time.Minute, []string{"GoGoroutineLeak"}},
		"slow, demo":          {dashboards.App.Demo(), server.Leak{Slow: 600 * time.Millisecond}, time.Minute, []string{"ApiLatencyHigh"}},
	} {
		t.Run(name, func(t *testing.T) {
			groups := groupsOf(t, c.target)
			synctest.Test(t, func(t *testing.T) {
				fired := live(t, c.target, c.leak, groups, c.lasts)
				if names := slices.Sorted(maps.Keys(fired)); !slices.Equal(names, c.fires) {
					t.Errorf("fired: %v, want %v", fired, c.fires)
				}
				t.Logf("fired after: %v", fired)
			})
		})
	}
}

// burning are the alerts of one sickness: by the hour, and by six.
var burning = []string{"ApiErrorBudgetBurnFast", "ApiErrorBudgetBurnSlow"}

// groupsOf are the target's rules as Prometheus would read them.
func groupsOf(t *testing.T, target dashboards.Target) []ruletest.Group {
	t.Helper()
	files, err := provision.Files(target, dashboards.All...)
	if err != nil {
		t.Fatal(err)
	}
	var groups []ruletest.Group
	for _, file := range files {
		if ok, _ := filepath.Match("prometheus/rules/*.yml", file.Path); !ok {
			continue
		}
		parsed, err := ruletest.Parse(file.Data)
		if err != nil {
			t.Fatal(err)
		}
		groups = append(groups, parsed.Groups...)
	}
	return groups
}

// live runs an app with traffic for some time, scrapes it and evaluates the rules as Prometheus would, and says which alerts
// fired and after how long.
func live(t *testing.T, target dashboards.Target, leak server.Leak, groups []ruletest.Group, lasts time.Duration) map[string]time.Duration {
	t.Helper()
	shop, err := server.New(prom.NewRegistry(), server.Options{Seed: 1, Leak: leak})
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	client := &http.Client{Transport: server.Local(shop.Handler())}
	ctx, stop := context.WithCancel(t.Context())
	traffic := make(chan error)
	go func() {
		traffic <- server.Traffic{URL: "http://api:8000", Rate: 40, Client: client, Seed: 1}.Run(ctx)
	}()
	e, err := engine.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	runner, err := ruletest.NewRunner(e, groups, ruletest.External{})
	if err != nil {
		t.Fatal(err)
	}
	fired := map[string]time.Duration{}
	labels := map[string]string{"job": target.Job, "instance": target.Address}
	for start := time.Now(); time.Since(start) <= lasts; time.Sleep(target.ScrapeInterval) {
		families, err := scrape.Fetch(ctx, client, "http://api:8000/metrics")
		at := started.Add(time.Since(start))
		e.Scrape(at, labels, families, err, time.Millisecond)
		if err := runner.Eval(ctx, at); err != nil {
			t.Fatal(err)
		}
		for _, a := range runner.Alerts() {
			if name := a.Labels["alertname"]; a.State == ruletest.Firing && fired[name] == 0 {
				fired[name] = time.Since(start)
			}
		}
	}
	stop()
	if err := <-traffic; err != nil {
		t.Error(err)
	}
	return fired
}

// started is when the process really started, by which it tells its uptime; the made clock begins at another time.
var started = time.Now()
