package repository

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// onScreen is the longest time until an edit to a board is visible, without the second of gen itself.
const onScreen = 30 * time.Second

// servers are the services that listen on a port. By default it is the same port on this machine.
var servers = map[string]struct {
	port            int
	variable, image string
}{
	"api":        {8000, "API_PORT", "example-app:1.0.0"},
	"prometheus": {9090, "PROMETHEUS_PORT", "prom/prometheus:v3.16.0"},
	"grafana":    {3000, "GRAFANA_PORT", "grafana/grafana:13.2.3@sha256:b28bae15e219c998fb0e0424ed724930cc61b1f61fb404d47c862f9a23f9e572"},
}

// startsAfter is the start order: each service waits until another is healthy.
var startsAfter = map[string]string{"prometheus": "api", "grafana": "prometheus", "traffic": "api"}

func TestComposeAgreesWithTheGeneratedFiles(t *testing.T) {
	readsAll(t)
	for _, problem := range checkStack(os.DirFS(".")) {
		t.Error(problem)
	}
}

// TestEachCheckCanFail breaks one thing at a time in a copy of the tree, and requires the finding that names it.
func TestEachCheckCanFail(t *testing.T) {
	readsAll(t)
	const (
		compose    = "compose.yml"
		prometheus = "provisioning/prometheus/prometheus.yml"
		source     = "provisioning/grafana/datasources/grafana.yml"
		provider   = "provisioning/grafana/dashboards/provider.yml"
	)
	for _, c := range []struct{ file, old, new, want string }{
		{compose, "mem_limit: 768m", "memory_limit: 768m", "memory_limit not found"},
		{compose, "mem_limit: 768m", "", "api: no mem_limit"},
		{compose, "networks: [go-network]", "networks: [default]", "traffic: networks"},
		{compose, "name: go-network", "name: other", "network"},
		{compose, "pids_limit: 256", "", "api: no pids_limit"},
		{compose, "cpus: 0.5", "", "traffic: no cpus"},
		{compose, "max-size: 10m, ", "", "grafana: the log"},
		{compose, "retention.time=15d", "retention.time=", "how long"},
		{compose, "      - --storage.tsdb.retention.size=2GB\n", "", "how much"},
		{compose, "@sha256:", "#", "grafana: image"},
		{compose, "example-app:1.0.0", "example-app", "api: image"},
		{compose, `GF_SNAPSHOTS_EXTERNAL_ENABLED: "false"`, "", "GF_SNAPSHOTS_EXTERNAL_ENABLED"},
		{compose, `GF_SECURITY_DISABLE_GRAVATAR: "true"`, "", "GF_SECURITY_DISABLE_GRAVATAR"},
		{compose, "GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED", "GF_PLUGINS_PUBLIC_KEY", "GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED"},
		{compose, "restart: unless-stopped", "", "grafana: restart"},
		{compose, "read_only: true\n  tmpfs", "read_only: false\n  tmpfs", "prometheus: the root file system"},
		{compose, "cap_drop: [ALL]", "cap_drop: [NET_RAW]", "capabilities"},
		{compose, "no-new-privileges:true", "label:disable", "no-new-privileges"},
		{compose, `user: "472:0"`, `user: "0:0"`, "grafana: runs as root"},
		{compose, `user: "65534:65534"`, "", "prometheus: runs as root"},
		{compose, "v3.16.0", "latest", "prometheus: image"},
		{compose, "13.2.3", "13.2.2", "grafana: image"},
		{compose, `"127.0.0.1:${API_PORT`, `"${API_PORT`, "api: ports"},
		{compose, "GRAFANA_PORT:-3000}:3000", "GRAFANA_PORT:-3000}:3001", "grafana: ports"},
		{compose, "127.0.0.1:8000/health", "127.0.0.1:8080/health", "api: health"},
		{compose, "interval: 30s", "interval: 60s", "api: health check every 60s"},
		{compose, "api: {condition: service_healthy}", "api: {condition: service_started}", "prometheus: starts"},
		{compose, `"http://api:8000"]`, `"http://api:8080"]`, "traffic drives"},
		{compose, "}/prometheus", "}/prometheus/prometheus.yml", "is not a folder"},
		{compose, "target: /etc/prometheus\n        read_only: true", "target: /etc/prometheus", "read-only"},
		{compose, "bind: {create_host_path: false}", "", "create_host_path"},
		{compose, "  grafana-data:\n", "", "grafana-data is not declared"},
		{compose, "path=/prometheus", "path=/data", "/data"},
		{compose, "target: /etc/prometheus", "target: /etc/prom", "/etc/prometheus/prometheus.yml"},
		{compose, "      - --config.auto-reload #", "      #", "--config.auto-reload is missing"},
		{compose, "reload-interval=10s", "reload-interval=5m", "reloads after 5m"},
		{compose, "go-overview.json", "overview.json", "home"},
		{compose, "${GRAFANA_ADMIN_PASSWORD:-admin}", "secret", "GF_SECURITY_ADMIN_PASSWORD"},
		{compose, `GF_AUTH_ANONYMOUS_ENABLED: "false"`, `GF_AUTH_ANONYMOUS_ENABLED: "true"`, "GF_AUTH_ANONYMOUS_ENABLED"},
		{compose, `GF_PLUGINS_PREINSTALL_DISABLED: "true"`, `GF_PLUGINS_PREINSTALL_DISABLED: "false"`, "PREINSTALL_DISABLED"},
		{compose, "${API_FLAGS:-}", "${API_FLAGS}", "API_FLAGS has no default"},
		{prometheus, "api:8000", "api:8001", `target is "api:8001"`},
		{prometheus, "api:8000", "localhost:8000", `target is "localhost:8000"`},
		{prometheus, "job_name: myapp", "job_name: app", "job"},
		{prometheus, "scrape_interval: 10s", "scrape_interval: 15s", "timeInterval"},
		{prometheus, "evaluation_interval: 10s", "evaluation_interval: 1m", "evaluation"},
		{source, "http://prometheus:9090", "http://localhost:9090", "data source's URL"},
		{source, "http://prometheus:9090", "http://prometheus:9091", "data source's URL"},
		{source, "isDefault: true", "isDefault: false", "default data source"},
		{source, "uid: ", "id: ", "uid"},
		{provider, "/etc/grafana/provisioning/dashboards", "/var/lib/grafana/dashboards", "provider"},
		{provider, "updateIntervalSeconds: 10", "updateIntervalSeconds: 60", "rescans after 1m"},
		{"Dockerfile", "EXPOSE 8000", "EXPOSE 8080", "EXPOSE"},
		{"Dockerfile", "USER 65532:65532", "USER root", "USER"},
		{"Dockerfile", "golang:1.26-", "golang:1.24-", "go.mod"},
		{"Dockerfile", "FROM debian:", "FROM alpine:", "Debian"},
		{"Dockerfile", "bookworm-slim@sha256:", "bookworm-slim#", "has no digest"},
		{"Dockerfile", `version="1.0.0"`, `version="1.0.1"`, "version is"},
		{"Dockerfile", "RUN go build github", "RUN go mod download && go build github", "go mod download"},
	} {
		t.Run(fmt.Sprintf("%s: %s", path.Base(c.file), c.want), func(t *testing.T) {
			tree := copyTree(t)
			text := string(tree[c.file].Data)
			broken := strings.ReplaceAll(text, c.old, c.new)
			if broken == text {
				t.Fatalf("%s has no %q left to break: update this case", c.file, c.old)
			}
			tree[c.file] = &fstest.MapFile{Data: []byte(broken)}
			problems := checkStack(tree)
			if !slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, c.want) }) {
				t.Errorf("%q in place of %q: no finding says %q, only:\n%s", c.new, c.old, c.want, strings.Join(problems, "\n"))
			}
		})
	}
}

// copyTree returns the checked part of the repository, in memory.
func copyTree(t *testing.T) fstest.MapFS {
	t.Helper()
	tree := fstest.MapFS{}
	add := func(name string) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tree[name] = &fstest.MapFile{Data: data}
	}
	for _, name := range []string{"compose.yml", "Dockerfile", "go.mod"} {
		add(name)
	}
	err := fs.WalkDir(os.DirFS("."), "provisioning", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			add(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestImageServesTheAppsDefaultPort asks the app itself, since compose.yml and the Dockerfile do not set -listen.
func TestImageServesTheAppsDefaultPort(t *testing.T) {
	readsAll(t)
	usage, err := exec.Command("go", "run", "./app", "-h").CombinedOutput()
	if err != nil {
		t.Fatalf("go run ./app -h: %v\n%s", err, usage)
	}
	port := fmt.Sprintf(":%d", servers["api"].port)
	listen := regexp.MustCompile(`(?s)-listen .*?\(default "(.*?)"\)`).FindStringSubmatch(string(usage))
	if listen == nil || listen[1] != port {
		t.Errorf("the app's -listen is %q by default, want %q as in the Dockerfile", listen, port)
	}
	if !strings.Contains(string(usage), "-traffic URL") {
		t.Errorf("the app has no -traffic URL, but the traffic service uses it:\n%s", usage)
	}
}

// TestImageIsBuiltFromWhatItCopies: an import of another folder of this module would build here, but not in the
// image.
func TestImageIsBuiltFromWhatItCopies(t *testing.T) {
	readsAll(t)
	list, err := exec.Command("go", "list", "-deps", "./app").Output()
	if err != nil {
		t.Fatal(err)
	}
	for dependency := range strings.Lines(string(list)) {
		inside, ours := strings.CutPrefix(strings.TrimSpace(dependency), "gaugewright/")
		if ours && inside != "app" && !strings.HasPrefix(inside, "app/") {
			t.Errorf("./app imports gaugewright/%s: copy it in the Dockerfile and let .dockerignore pass it", inside)
		}
	}
}
