package dashboards_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gaugewright/dashboards"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/provision"
)

// least is how many panels a board has at least, by its uid, for a kind of service.
var least = map[string]map[string]int{
	"everything":                  {"go-overview": 12, "go-memory": 8, "go-goroutines": 4, "go-gc": 4, "go-http": 6, "go-otel": 21},
	"our app":                     {"go-overview": 12, "go-memory": 8, "go-goroutines": 4, "go-gc": 4, "go-http": 6, "go-otel": 6},
	"our app without OTel":        {"go-overview": 12, "go-memory": 8, "go-goroutines": 4, "go-gc": 4, "go-http": 6},
	"default collector":           {"go-overview": 8, "go-memory": 8, "go-goroutines": 4, "go-gc": 4, "go-http": 6},
	"collector before 1.20":       {"go-overview": 8, "go-memory": 8, "go-goroutines": 4, "go-gc": 4, "go-http": 6},
	"OTel":                        {"go-overview": 6, "go-memory": 8, "go-goroutines": 4, "go-http": 6, "go-otel": 6},
	"OTel with GOMEMLIMIT":        {"go-overview": 6, "go-memory": 8, "go-goroutines": 4, "go-http": 6, "go-otel": 6},
	"OTel's older names":          {"go-overview": 6, "go-memory": 6, "go-goroutines": 3, "go-http": 6, "go-otel": 6},
	"errors apart from successes": {"go-memory": 8, "go-goroutines": 4, "go-gc": 4, "go-http": 6},
	"one of several clusters":     {"go-memory": 8, "go-goroutines": 4, "go-gc": 4, "go-http": 6},
	"counts of a histogram alone": {"go-memory": 8, "go-goroutines": 4, "go-gc": 4, "go-http": 6},
	"failures by a word":          {"go-memory": 8, "go-goroutines": 4, "go-gc": 4, "go-http": 5},
	"errors without a status":     {"go-memory": 8, "go-goroutines": 4, "go-gc": 4, "go-http": 4},
	"no HTTP":                     {"go-memory": 8, "go-goroutines": 4, "go-gc": 4},
	"path on requests, status on errors, milliseconds": {"go-memory": 8, "go-goroutines": 4, "go-gc": 4, "go-http": 6},
}

// For each kind of service, verify finds no dead panel and no dead rule of those that gen makes for it, and there are enough.
func TestNoDeadPanelForAnyService(t *testing.T) {
	verify := buildVerify(t)
	all := services()
	maps.Copy(all, oddServices())
	for name, s := range all {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			generate(t, s.target, filepath.Join(root, "provisioning"))
			service := httptest.NewServer(s.handler(t))
			defer service.Close()
			stop := drive(t, service.URL)
			defer stop()
			command := exec.CommandContext(t.Context(), verify, "-target", service.URL+"/metrics")
			command.Dir = root
			said, err := command.CombinedOutput()
			if err != nil {
				t.Errorf("verify: %v\n%s", err, said)
			}
			lines := strings.Split(strings.TrimSpace(string(said)), "\n")
			t.Logf("panels: %s\n%s", panelsByBoard(t, name, s.target), lines[len(lines)-1])
		})
	}
}

// buildVerify is the command, built.
func buildVerify(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "verify")
	if said, err := exec.Command("go", "build", "-o", path, "../cmd/verify").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return path
}

// generate writes what gen makes for a target.
func generate(t *testing.T, target dashboards.Target, out string) {
	t.Helper()
	files, err := provision.Files(provision.Service{Target: target})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		writeFile(t, filepath.Join(out, filepath.FromSlash(file.Path)), file.Data)
	}
}

// drive sends some hundred requests a second, of the routes that the services have, until it is stopped.
func drive(t *testing.T, url string) (stop func()) {
	t.Helper()
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		pace := time.NewTicker(10 * time.Millisecond)
		defer pace.Stop()
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			case <-pace.C:
			}
			for _, path := range []string{fmt.Sprintf("/products/%d", i%7), "/orders", "/health"} {
				if answer, err := http.Get(url + path); err == nil {
					answer.Body.Close()
				}
			}
		}
	}()
	runtime.GC() // what is told of garbage collections is there from the first one on
	return func() { close(done); <-ended }
}

// panelsByBoard counts, and demands the least.
func panelsByBoard(t *testing.T, name string, target dashboards.Target) string {
	t.Helper()
	var counts []string
	made := map[string]int{}
	for _, board := range build(t, target) {
		if n := len(panels(board)); n > 0 {
			made[*board.Uid] = n
			counts = append(counts, fmt.Sprintf("%s %d", *board.Uid, n))
		}
	}
	for uid, n := range least[name] {
		if made[uid] < n {
			t.Errorf("%s has %d panels, want %d at least", uid, made[uid], n)
		}
	}
	return strings.Join(counts, ", ")
}

// What a list says that services expose is what is seen on one of them: nothing more, and of what the boards use nothing
// less.
func TestListsAreWhatServicesExpose(t *testing.T) {
	used := metric.Catalogue{}
	for _, a := range queries(t, services()["everything"].target) {
		for _, selector := range parse(t, a).Selectors() {
			used = append(used, metric.Family{Name: selector.Metric})
		}
	}
	for name, s := range services() {
		t.Run(name, func(t *testing.T) {
			var seen metric.Catalogue
			for _, f := range pageOf(t, s.handler(t)) {
				seen = append(seen, metric.Family{Name: f.Name})
				if used.Has(f.Name) && golang.All.Has(f.Name) && !s.target.Exposes.Has(f.Name) {
					t.Errorf("%s is exposed, and not listed", f.Name)
				}
			}
			for _, f := range s.target.Exposes {
				if !seen.Has(f.Name) {
					t.Errorf("%s is listed, and not exposed", f.Name)
				}
			}
		})
	}
}

// Version 1.19.1 of client_golang, as it was seen by running it, has all of the list for versions before 1.20.
func TestOldCollector(t *testing.T) {
	text, err := os.ReadFile("testdata/collectors/client_golang-1.19.1.txt")
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	for line := range strings.Lines(string(text)) {
		name, _, _ := strings.Cut(line, " ")
		seen = append(seen, name)
	}
	for _, f := range golang.OldCollector {
		if !slices.Contains(seen, f.Name) {
			t.Errorf("%s is not in version 1.19.1", f.Name)
		}
	}
	for _, f := range golang.DefaultCollector[len(golang.OldCollector):] {
		if slices.Contains(seen, f.Name) {
			t.Errorf("%s is in version 1.19.1", f.Name)
		}
	}
}
