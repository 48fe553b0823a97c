package main

import (
	"bytes"
	"math"
	"net/http/httptest"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"gaugewright/app/server"
)

// The catalogue of the app is what the running app exposes. Where this fails, the app's metrics have changed, or Go's:
// make the catalogue again with -update, and see which boards do not compile.
func TestCatalogueOfApp(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the catalogue is made on Linux; elsewhere the process exposes less")
	}
	plainEnvironment(t)
	runtime.GC() // OpenTelemetry's histogram of pauses has a series after the first collection.
	app, err := server.New(prometheus.NewRegistry(), server.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer app.Close()
	running := httptest.NewServer(app.Handler())
	defer running.Close()
	t.Chdir("../..")
	var stdout, stderr bytes.Buffer
	args := []string{"-check", "-o", "dashboards/metric/app/app.go", running.URL + "/metrics"}
	if *update {
		args = append([]string{"-package", "app"}, args[1:]...)
	}
	if code := run(args, &stdout, &stderr); code != 0 {
		t.Errorf("exit %d\n%s%s", code, &stdout, &stderr)
	}
	t.Log(stdout.String())
}

// plainEnvironment takes away what a developer's shell may say and the app would heed: OpenTelemetry's variables, which
// add labels and leave out families, and a memory limit, which adds one.
func plainEnvironment(t *testing.T) {
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "OTEL_") {
			t.Setenv(name, "") // restores it afterwards
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	limit := debug.SetMemoryLimit(math.MaxInt64)
	t.Cleanup(func() { debug.SetMemoryLimit(limit) })
}
