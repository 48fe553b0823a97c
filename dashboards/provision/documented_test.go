package provision_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"gaugewright/dashboards"
	"gaugewright/dashboards/provision"
)

// durations is the regular expression that Prometheus's documentation gives; Grafana reads these forms too.
var durations = regexp.MustCompile(`^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$`)

// types reports whether a value that yaml.v3 decoded is of a type that documented-keys.txt names.
var types = map[string]func(value any) bool{
	"string": func(value any) bool { s, ok := value.(string); return ok && s != "" },
	"text":   func(value any) bool { _, ok := value.(string); return ok }, // may be empty
	"bool":   func(value any) bool { _, ok := value.(bool); return ok },
	"int":    func(value any) bool { _, ok := value.(int); return ok },
	"duration": func(value any) bool {
		s, ok := value.(string)
		return ok && s != "" && durations.MatchString(s)
	},
}

// documentedKeys reads the keys of each file, with the name of their type.
func documentedKeys(t *testing.T) map[string]map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/documented-keys.txt")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]map[string]string{}
	file := ""
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#" || words[0] == "source":
		case words[0] == "file":
			file = words[1]
			files[file] = map[string]string{}
		case types[words[0]] == nil || len(words) != 2:
			t.Fatalf("documented-keys.txt: cannot read %q", line)
		default:
			files[file][words[1]] = words[0]
		}
	}
	return files
}

// undocumented lists what in a YAML file is not as documented: unknown keys, and values of another type.
func undocumented(keys map[string]string, text []byte) []string {
	var value any
	if err := yaml.Unmarshal(text, &value); err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	var walk func(path string, value any)
	walk = func(path string, value any) {
		switch value := value.(type) {
		case map[string]any:
			for key, below := range value {
				walk(strings.TrimPrefix(path+"."+key, "."), below)
			}
		case []any:
			for _, element := range value {
				walk(path+"[]", element)
			}
		default:
			if keys[path] == "" {
				wrong = append(wrong, path+" is unknown")
			} else if !types[keys[path]](value) {
				wrong = append(wrong, fmt.Sprintf("%s is %v, want %s", path, value, keys[path]))
			}
		}
	}
	walk("", value)
	return wrong
}

func configs(t *testing.T, target dashboards.Target) map[string][]byte {
	t.Helper()
	// A longer interval too, which is written where it is another.
	other := plain()
	other.Job, other.ScrapeInterval = "other", time.Minute
	files, err := provision.Files(service(target), service(other))
	if err != nil {
		t.Fatal(err)
	}
	configs := map[string][]byte{}
	for _, file := range files {
		if strings.HasSuffix(file.Path, ".yml") || file.Path == "kubernetes/prometheus.yaml" {
			configs[file.Path] = file.Data
		}
	}
	return configs
}

// TestDocumentedKeys: every key in the YAML files is one that Prometheus or Grafana documents, and of the type they say.
func TestDocumentedKeys(t *testing.T) {
	documented := documentedKeys(t)
	for _, target := range []dashboards.Target{dashboards.App, dashboards.App.Demo()} {
		made := configs(t, target)
		if len(made) != len(documented) {
			t.Errorf("%d YAML files are made, %d are documented", len(made), len(documented))
		}
		for path, text := range made {
			for _, wrong := range undocumented(documented[path], text) {
				t.Errorf("%s: %s", path, wrong)
			}
		}
	}
}

// TestDocumentedKeysFindsMistakes shows that the test above would fail.
func TestDocumentedKeysFindsMistakes(t *testing.T) {
	documented, made := documentedKeys(t), configs(t, dashboards.App)
	for _, c := range []struct{ file, right, wrong, want string }{
		{"prometheus/prometheus.yml", "evaluation_interval:", "evaluation_permits:", "global.evaluation_permits is unknown"},
		{"prometheus/prometheus.yml", "scrape_interval: 1m", "scrape_interval: 10", "global.scrape_interval is 10, want duration"},
		{"prometheus/prometheus.yml", "    scrape_interval: 10s", "    interval: 10s", "scrape_configs[].interval is unknown"},
		{"prometheus/prometheus.yml", "job_name: myapp", "job_name: 7", "scrape_configs[].job_name is 7, want string"},
		{"prometheus/prometheus.yml", "targets:", "target:", "scrape_configs[].static_configs[].target[] is unknown"},
		{"grafana/datasources/grafana.yml", "isDefault: true", `isDefault: "true"`, "datasources[].isDefault is true, want bool"},
		{"grafana/datasources/grafana.yml", "timeInterval:", "time_interval:", "datasources[].jsonData.time_interval is unknown"},
		{"grafana/dashboards/provider.yml", "allowUiUpdates:", "allowUIUpdates:", "providers[].allowUIUpdates is unknown"},
		{"kubernetes/prometheus.yaml", "serviceMonitorSelectorNil", "serviceMonitorsSelectorNil",
			"prometheus.prometheusSpec.serviceMonitorsSelectorNilUsesHelmValues is unknown"},
		{"kubernetes/prometheus.yaml", "folderAnnotation:", "foldersAnnotation:",
			"grafana.sidecar.dashboards.foldersAnnotation is unknown"},
		{"kubernetes/prometheus.yaml", "defaultDatasourceScrapeInterval:", "defaultDataSourceScrapeInterval:",
			"grafana.sidecar.datasources.defaultDataSourceScrapeInterval is unknown"},
		{"kubernetes/prometheus.yaml", `labelValue: "1"`, "labelValue: 1",
			"grafana.sidecar.dashboards.labelValue is 1, want string"},
		{"grafana/dashboards/provider.yml", "orgId: 1", "orgId: one", "providers[].orgId is one, want int"},
	} {
		text := strings.Replace(string(made[c.file]), c.right, c.wrong, 1)
		if got := undocumented(documented[c.file], []byte(text)); len(got) != 1 || got[0] != c.want {
			t.Errorf("%s with %q: found %q, want %q", c.file, c.wrong, got, c.want)
		}
	}
}
