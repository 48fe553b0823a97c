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
		engines := []string{"internal/scrape", "internal/query", "internal/engine", "internal/rules", "internal/rules/ruletest", "internal/source"}
		if reaches(imports, prometheus+"prometheus/") && !slices.Contains(engines, name) {
			t.Errorf("%s imports %sprometheus: only %s may", name, prometheus, strings.Join(engines, ", "))
		}
		if ours := slices.DeleteFunc(slices.Clone(imports), isForeign); strings.HasPrefix(name, "internal/") && len(ours) > 0 {
			t.Errorf("%s imports %s: internal packages read anybody's files and services", name, ours)
		}
		if reaches(imports, "gaugewright/dashboards/provision") && name != "cmd/gen" {
			t.Errorf("%s imports provision: only cmd/gen and other generators may", name)
		}
		if reaches(imports, "gaugewright/internal/browser") || reaches(imports, "github.com/chromedp/") && name != "internal/browser" {
			t.Errorf("%s drives a browser: only tests may", name)
		}
		if slices.Contains(imports, "gaugewright/dashboards") && name != "cmd/gen" && name != "dashboards/provision" {
			t.Errorf("%s imports dashboards: other commands must read files, so that they work for any service", name)
		}
	}
	for _, rule := range []struct{ from, never string }{
		{"./cmd/gen", prometheus}, // the generator is what people wait for: it stays the light one
		{"./cmd/gen", "k8s.io/"},
		{"./cmd/gen", "go.opentelemetry.io/"},
		{"./cmd/diff", "go.opentelemetry.io/otel/sdk"}, // it runs in every git diff
		{"./cmd/diff", "go.opentelemetry.io/contrib/"},
		{"./cmd/diff", "go.opentelemetry.io/otel/exporters/"},
		{"./internal/diff", "gaugewright/internal/engine"}, // package values evaluates
		{"./cmd/diff", "gaugewright/app"},
		{"./cmd/lint", "gaugewright/app"},
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

// isForeign reports whether a path is neither of the dashboards nor of the example service. The types of metrics are in
// the dashboards' folder, but know none of them.
func isForeign(path string) bool {
	return path == "gaugewright/dashboards/metric" ||
		!reaches([]string{path}, "gaugewright/dashboards") && !reaches([]string{path}, "gaugewright/app")
}

// layers are the packages that read, from the bottom: each may import those of the layers below it, and none of its own.
// Packages inside one of them, such as grafana/view, belong to it.
var layers = [][]string{
	{"input", "wildcard", "yamlsize"},
	{"output"},
	{"web"},
	{"scrape", "query", "inprocess", "report", "interrupt", "browser"},
	{"engine", "grafana"},
	{"source", "rules"},
	{"observe", "opened"},
	{"verify", "diff", "lint", "draw"},
	{"preview"},
}

// TestLayers states the tree of the packages that read.
func TestLayers(t *testing.T) {
	readsAll(t)
	level := map[string]int{}
	for i, names := range layers {
		for _, name := range names {
			level[name] = i
		}
	}
	inside := func(path string) (name string, isInside bool) {
		rest, isInside := strings.CutPrefix(path, "gaugewright/internal/")
		name, _, _ = strings.Cut(rest, "/")
		return name, isInside
	}
	for _, p := range packages(t, "{{.ImportPath}} {{join .Imports \" \"}}", "./internal/...") {
		name, _ := inside(p[0])
		at, isKnown := level[name]
		if !isKnown && name != "repository" {
			t.Errorf("%s is in no layer: say in layers what it may import", p[0])
		}
		for _, path := range p[1:] {
			other, isInside := inside(path)
			if isInside && other != name && (!isKnown || level[other] >= at) {
				t.Errorf("%s imports %s, which is not below it", p[0], path)
			}
		}
	}
}

// TestLight: a command that reads boards, asks a source and reports links neither the example service nor what only it
// needs.
func TestLight(t *testing.T) {
	readsAll(t)
	for _, name := range []string{"grafana", "query", "report", "source", "observe", "rules", "opened", "verify", "lint", "diff"} {
		deps := slices.Concat(packages(t, "{{.ImportPath}}", "-deps", "./internal/"+name)...)
		if ours := slices.DeleteFunc(slices.Clone(deps), isForeign); len(ours) > 0 {
			t.Errorf("internal/%s links %s", name, ours)
		}
		// Prometheus's engine itself links OpenTelemetry's interfaces, but nothing that measures.
		for _, never := range []string{"go.opentelemetry.io/contrib/", "go.opentelemetry.io/otel/sdk", "go.opentelemetry.io/otel/exporters/"} {
			if reaches(deps, never) {
				t.Errorf("internal/%s links %s", name, never)
			}
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
