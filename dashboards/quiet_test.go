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
	"gaugewright/internal/inprocess"
	ruling "gaugewright/internal/rules"
	"gaugewright/internal/scrape"
)

// A healthy app with traffic fires no alert, at production's speed and at the demo's. A sick app fires only the
// alerts for its sickness, and none after a restart. The clock is simulated, so that half an hour takes seconds; five
// minutes of the demo are five hours of production. The tests are not parallel: goroutines and memory belong to the
// whole test process.
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
		"holding on, demo":    {dashboards.App.Demo(), server.Leak{Memory: 64 << 10}, 4 * time.Minute, []string{"GoMemoryCreep"}},
		"slow, demo":          {dashboards.App.Demo(), server.Leak{Slow: 600 * time.Millisecond}, time.Minute, []string{"ApiLatencyHigh"}},
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && c.lasts > time.Minute {
				t.Skip("a long computation: minutes under the race detector")
			}
			groups := groupsOf(t, c.target)
			synctest.Test(t, func(t *testing.T) {
				p := newProduction(t, c.target, groups)
				fired := p.run(t, c.leak, c.lasts)
				if names := slices.Sorted(maps.Keys(fired)); !slices.Equal(names, c.fires) {
					t.Errorf("fired: %v, want %v", fired, c.fires)
				}
				t.Logf("fired after: %v", fired)
				if c.target.Speed > 1 {
					p.run(t, server.Leak{}, 90*time.Second) // restarted, and healthy
					if still := p.firing(); len(still) > 0 {
						t.Errorf("after a restart: %v", still)
					}
				}
			})
		})
	}
}

// burning are the alerts of one sickness: by the hour, and by six.
var burning = []string{"ApiErrorBudgetBurnFast", "ApiErrorBudgetBurnSlow"}

// groupsOf are the target's rules in Prometheus's form.
func groupsOf(t *testing.T, target dashboards.Target) []ruling.Group {
	t.Helper()
	files, err := provision.Files(provision.Service{Target: target})
	if err != nil {
		t.Fatal(err)
	}
	var groups []ruling.Group
	for _, file := range files {
		if ok, _ := filepath.Match("prometheus/rules/*.yml", file.Path); !ok {
			continue
		}
		parsed, err := ruling.Parse(file.Data)
		if err != nil {
			t.Fatal(err)
		}
		groups = append(groups, parsed.Groups...)
	}
	return groups
}

// production is the app's environment: Prometheus's engine with the rules, and a clock.
type production struct {
	target dashboards.Target
	engine *engine.Engine
	runner *ruling.Runner
	begun  time.Time // by the made clock
}

func newProduction(t *testing.T, target dashboards.Target, groups []ruling.Group) *production {
	t.Helper()
	e, err := engine.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	runner, err := ruling.NewRunner(e, groups, ruling.External{})
	if err != nil {
		t.Fatal(err)
	}
	return &production{target: target, engine: e, runner: runner, begun: time.Now()}
}

// run starts an app with traffic, scrapes it and evaluates the rules for some time as Prometheus would. It returns
// which alerts fired and after how long.
func (p *production) run(t *testing.T, leak server.Leak, lasts time.Duration) map[string]time.Duration {
	t.Helper()
	shop, err := server.New(prom.NewRegistry(), server.Options{WithoutOTel: true, Seed: 1, Leak: leak})
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	client := inprocess.Client(shop.Handler())
	ctx, stop := context.WithCancel(t.Context())
	traffic := make(chan error)
	go func() {
		traffic <- server.Traffic{URL: "http://api:8000", Rate: 40, Client: client, Seed: 1}.Run(ctx)
	}()
	fired := map[string]time.Duration{}
	for start := time.Now(); time.Since(start) <= lasts; time.Sleep(p.target.ScrapeInterval) {
		p.scrape(t, client)
		for _, name := range p.firing() {
			if fired[name] == 0 {
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

// scrape is one scrape and one evaluation of the rules.
func (p *production) scrape(t *testing.T, client *http.Client) {
	t.Helper()
	families, err := scrape.Fetch(t.Context(), client, "http://api:8000/metrics")
	at := started.Add(time.Since(p.begun))
	labels := map[string]string{"job": p.target.Job, "instance": p.target.Address}
	p.engine.Scrape(at, labels, families, err, time.Millisecond)
	if err := p.runner.Eval(t.Context(), at); err != nil {
		t.Fatal(err)
	}
}

// ofTheMachine are the alerts that judge how the CPU is shared. The CPU is the real machine's, which also runs other
// tests, while the clock is simulated: here they say nothing about the app.
var ofTheMachine = []string{"GoSchedulerStarved", "GoGCThrash", "GoGCLimiterActive"}

// firing are the names of the alerts that fire.
func (p *production) firing() []string {
	var names []string
	for _, a := range p.runner.Alerts() {
		name := a.Labels["alertname"]
		if a.State == ruling.Firing && !slices.Contains(ofTheMachine, name) {
			names = append(names, name)
		}
	}
	return names
}

// started is when the process really started, the basis of its uptime. The simulated clock begins at another time.
var started = time.Now()
