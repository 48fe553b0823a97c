package repository

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports restricts imports. The generator stays light, and the other commands judge the files, not our Go code.
// Tests may import anything.
func TestImports(t *testing.T) {
	readsAll(t)
	const prometheus = "github.com/prometheus/"
	for _, p := range packages(t, "{{.ImportPath}} {{join .Imports \" \"}}", "./...") {
		name, imports := strings.TrimPrefix(p[0], "gaugewright/"), p[1:]
		engines := []string{"internal/scrape", "internal/query", "internal/engine", "internal/rules"}
		if reaches(imports, prometheus+"prometheus/") && !slices.Contains(engines, name) {
			t.Errorf("%s imports %sprometheus: only %s may", name, prometheus, strings.Join(engines, ", "))
		}
		if reaches(imports, "gaugewright/dashboards/provision") && name != "cmd/gen" {
			t.Errorf("%s imports provision: only cmd/gen and other generators may", name)
		}
		if slices.Contains(imports, "gaugewright/dashboards") && name != "cmd/gen" && name != "dashboards/provision" {
			t.Errorf("%s imports dashboards: other commands must read files, so that they work for any service", name)
		}
	}
	for _, rule := range []struct{ from, never string }{
		{"./cmd/gen", prometheus}, // the generator is what people wait for: it stays the light one
		{"./cmd/gen", "k8s.io/"},
		{"./cmd/gen", "go.opentelemetry.io/"},
		{"./dashboards/...", "gaugewright/cmd/"},
		{"./dashboards/provision", "gaugewright/internal/"}, // and all that it is made of; promqltest is for tests
		{"./internal/grafana", "github.com/"},               // a board is read with the standard library and yaml.v3
		{"./dashboards/metric", "github.com/"},              // metric needs the standard library only
		{"./dashboards/metric", "gaugewright/dashboards/metric/"},
		{"./dashboards/promql", "gaugewright/dashboards/panel"},
	} {
		if deps := slices.Concat(packages(t, "{{.ImportPath}}", "-deps", rule.from)...); reaches(deps, rule.never) {
			t.Errorf("%s links %s", rule.from, rule.never)
		}
	}
}

// reaches reports whether one of the paths begins with the prefix.
func reaches(paths []string, prefix string) bool {
	return slices.ContainsFunc(paths, func(path string) bool { return strings.HasPrefix(path, prefix) })
}

// packages returns the words of each line that go list prints.
func packages(t *testing.T, format string, args ...string) [][]string {
	t.Helper()
	command := exec.Command("go", append([]string{"list", "-f", format}, args...)...)
	var complaints strings.Builder
	command.Stderr = &complaints
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", command, err, &complaints)
	}
	var lines [][]string
	for line := range strings.Lines(string(out)) {
		lines = append(lines, strings.Fields(line))
	}
	return lines
}
