package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"gaugewright/app/server"
	"gaugewright/dashboards/metric/golang/golangtest"
	"gaugewright/internal/output"
	"gaugewright/internal/scrape"
)

// TestCatalogueOfGo: the catalogue for any Go service is the page of a service that has all these metrics. Each has
// its own variable there, so -update writes it without the command.
func TestCatalogueOfGo(t *testing.T) {
	onlyOnLinux(t)
	const path = "../../dashboards/metric/golang/golang.go"
	registry := prometheus.NewRegistry()
	golangtest.Register(t, registry)
	running := httptest.NewServer(golangtest.Page(registry))
	defer running.Close()
	families, err := scrape.Fetch(t.Context(), nil, running.URL)
	if err != nil {
		t.Fatal(err)
	}
	found := catalogueOf(families)
	if *update {
		doc := packageDoc("golang", "what Go services expose of their runtime and process, by client_golang and by OpenTelemetry",
			"", "go test ./cmd/metrics -run Catalogue -update")
		source, err := emit("golang", doc, found)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := output.Write(path, header+"\n", source); err != nil {
			t.Fatal(err)
		}
		goMetrics = func() ([]entry, error) { return parseCatalogue(path, source, nil) } // the compiled one is older
	}
	known, err := readCatalogue(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if compare(known, found, &out) {
		t.Error(out.String())
	}
	t.Log(out.String())
}

// TestCatalogueOfApp: the app's catalogue is the page of the running app. If this fails, the app's metrics or Go's
// have changed: regenerate the catalogue with -update, and see which boards do not compile.
func TestCatalogueOfApp(t *testing.T) {
	onlyOnLinux(t)
	golangtest.Plain(t)
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
		args = []string{"-package", "app", "-o", args[2], saved(t, args[3])}
	}
	if code := run(args, &stdout, &stderr); code != 0 {
		t.Errorf("exit %d\n%s%s", code, &stdout, &stderr)
	}
	t.Log(stdout.String())
}

// saved is a page in a file: the port of a test is not where anybody finds the app again.
func saved(t *testing.T, url string) string {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	path := filepath.Join(t.TempDir(), "page")
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, page, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func onlyOnLinux(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the catalogues are made on Linux; elsewhere the process exposes less")
	}
}
