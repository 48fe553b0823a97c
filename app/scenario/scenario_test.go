package scenario

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/observe/recorded"
	"gaugewright/internal/rules"
	"gaugewright/internal/scrape"
)

var update = flag.Bool("update", false, "record the run anew")

const (
	runFile   = "../../dashboards/testdata/run.gz"
	rulesGlob = "../../provisioning/prometheus/rules/*.yml"
	maxSize   = 500_000 // bytes

	// pause is how long a process is idle between two scrapes. A service is mostly idle; without it garbage collection
	// would have a large share of its time.
	pause = 25 * time.Millisecond

	// Of the processes that play a release: which one, and where its pages go.
	releaseEnv, pagesEnv = "SCENARIO_RELEASE", "SCENARIO_PAGES"
)

// TestPlay plays the release that it is told to. Each has a process of its own, so that the runtime's metrics are its own.
func TestPlay(t *testing.T) {
	i, err := strconv.Atoi(os.Getenv(releaseEnv))
	if err != nil {
		t.Skip("for TestRecorded -update")
	}
	synctest.Test(t, func(t *testing.T) {
		err := Releases[i].Play(t.Context(), uint64(i), func(at time.Time, page io.Reader) error {
			idle := syscall.NsecToTimespec(int64(pause)) // by the real clock, that of the runtime's metrics
			if err := syscall.Nanosleep(&idle, nil); err != nil && err != syscall.EINTR {
				return err
			}
			file, err := os.Create(pageFile(os.Getenv(pagesEnv), i, at))
			if err == nil {
				_, err = io.Copy(file, page)
				file.Close()
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func pageFile(dir string, release int, at time.Time) string {
	return filepath.Join(dir, fmt.Sprintf("%d-%d", release, at.Unix()))
}

// record plays all releases and joins their pages.
func record(t *testing.T) *engine.Engine {
	dir := t.TempDir()
	var playing sync.WaitGroup
	for i := range Releases {
		playing.Go(func() {
			play := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestPlay$")
			play.Env = append(os.Environ(), releaseEnv+"="+strconv.Itoa(i), pagesEnv+"="+dir, "GOMEMLIMIT=256MiB", "GOMAXPROCS=4")
			if out, err := play.CombinedOutput(); err != nil {
				t.Errorf("release %d: %v: %s", i, err, out)
			}
		})
	}
	playing.Wait()
	if t.Failed() {
		t.FailNow()
	}
	e, err := Join(t.Context(), ruleGroups(t), func(i int, at time.Time) ([]scrape.Family, error) {
		page, err := scrape.Reader{}.Load(t.Context(), pageFile(dir, i, at), nil)
		return page.Families, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func ruleGroups(t *testing.T) []rules.Group {
	names, err := filepath.Glob(rulesGlob)
	if err != nil || names == nil {
		t.Fatalf("no rules: %v", err)
	}
	var all []rules.Group
	for _, name := range names {
		file, err := rules.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, file.Groups...)
	}
	return all
}

// TestRecorded: the recorded run is small, has every metric that the service exposes today, and shows what the scenario is
// about. With -update it is recorded first.
func TestRecorded(t *testing.T) {
	if *update {
		var b bytes.Buffer
		if err := recorded.Write(&b, record(t)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(runFile, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(runFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) >= maxSize {
		t.Errorf("%s has %d bytes, more than %d", runFile, len(data), maxSize)
	}
	run, err := recorded.Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if !run.End.Equal(End) || !run.Start.Equal(End.Add(Interval-Length)) {
		t.Errorf("from %v to %v", run.Start, run.End)
	}
	hasAll(t, run.Engine)
	for query, want := range map[string]bool{
		`count(up == 1) == 2`: true,
		// Errors: a burst, and few before and after.
		`max_over_time(job:http_errors:ratio_rate5m[1h]) > 0.1`:                                    true,
		`job:http_errors:ratio_rate5m > 0.01`:                                                      false,
		`job:http_errors:ratio_rate5m offset 50m > 0.01`:                                           false,
		`count_over_time(ALERTS{alertname="ApiErrorBudgetBurnFast",alertstate="firing"}[1h]) >= 3`: true,
		// A slow path.
		fmt.Sprintf(slowQuery, "offset 25m") + ` > 0.5`:                                   true,
		fmt.Sprintf(slowQuery, "") + ` > 0.2`:                                             false,
		`count_over_time(ALERTS{alertname="ApiLatencyHigh",alertstate="firing"}[1h]) > 6`: true,
		// One instance leaks at the end.
		`go_goroutines{instance="app-2:8000"} > 5000`:                               true,
		`go_goroutines{instance="app-2:8000"} offset 25m > 100`:                     false,
		`max_over_time(go_goroutines{instance="app-1:8000"}[1h]) > 100`:             false,
		`go_gc_heap_live_bytes{instance="app-2:8000"} > 60e6 < 120e6`:               true,
		`max_over_time(go_gc_heap_live_bytes{instance="app-1:8000"}[1h]) > 20e6`:    false,
		`time() - process_start_time_seconds{instance="app-2:8000"} == 22 * 60`:     true,
		`time() - go_memstats_last_gc_time_seconds{instance="app-1:8000"} < 5 * 60`: true,
		// Rates as of a service, steady.
		`stddev_over_time(job:http_requests:rate5m[50m]) / avg_over_time(job:http_requests:rate5m[50m]) > 0.1`: false,
		`job:http_requests:rate5m > 40 < 60`: true,
	} {
		if got := found(t, run.Engine, query); got != want {
			t.Errorf("%s: found %v, want %v", query, got, want)
		}
	}
}

const slowQuery = `histogram_quantile(0.5, sum by (le) (rate(api_http_request_duration_seconds_bucket{path="/search"}[5m] %s)))`

func found(t *testing.T, e *engine.Engine, query string) bool {
	result, err := e.Instant(context.WithoutCancel(t.Context()), query, End)
	if err != nil {
		t.Fatal(err)
	}
	return len(result.Series) > 0
}

// hasAll checks that the run has what a service of today exposes.
func hasAll(t *testing.T, e *engine.Engine) {
	has := map[string]bool{}
	for _, series := range e.Stored() {
		has[series.Labels["__name__"]] = true
	}
	today := Release{Instance: "app:8000", From: Length - Interval, To: Length}
	synctest.Test(t, func(t *testing.T) {
		err := today.Play(t.Context(), 0, func(_ time.Time, page io.Reader) error {
			families, err := scrape.Read(page, "text/plain; version=0.0.4")
			for _, f := range families {
				for _, s := range f.Samples {
					if !has[s.Name] {
						t.Errorf("%s is not in the run: record it anew with go test ./app/scenario -run Recorded -update", s.Name)
						has[s.Name] = true
					}
				}
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
