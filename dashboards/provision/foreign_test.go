package provision_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMistakesOfOthers: in another module, gen reports each mistake with the file and line to fix, and leaves every
// file unchanged. Lost rules and unplaced panels are tested below.
func TestMistakesOfOthers(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a generator in a module of its own")
	}
	home := foreignModule(t)
	if code, out := foreignGen(t, home, ""); code != 0 {
		t.Fatalf("without a mistake: exit code %d\n%s", code, out)
	}
	before := contents(t, home)
	at := func(text string) string { return lineOf(t, filepath.Join(home, "main.go"), text) }
	named := "(" + at(`"ShopBusy"`) + ")"
	const rules = "gen: shop: rules of shop-workers: group workers: alert ShopBusy "
	const board = "gen: shop: board 8, main.workers: board shop-workers: "
	for mistake, want := range map[string]string{
		"wrong panel": rules + named + ": its panel \"Files\" on shop-workers does not draw its quantity, " +
			"`rate(process_cpu_seconds_total{instance=~\"$instance\",job=~\"$job\"}[$__rate_interval])`: give the panel that does",
		"panel on no board":    rules + named + `: its panel "Busy for long" is not on a board of the service: put it on one, or give a panel that is`,
		"panel asks otherwise": rules + named + `: its panel "Busy" has other queries than the one on shop-workers: give the same panel as the board`,
		"board not made":       rules + named + `: its panel "Busy" is not on a board of the service: put it on one, or give a panel that is`,
		"limit off the steps": rules + named + `: its limit 0.8 is not a colour step of its panel "Busy" on shop-workers, which has 0.5 and 0.9: ` +
			"use one constant for both",
		"nanoseconds": rules + named + ": For is 10ns: write 10*time.Minute for ten minutes",
		"no name": "gen: shop: rules of shop-workers: group workers: alert without a name (" + at("func workersRules") + "): " +
			"give it a Name: its runbook and its tests are found by it",
		"group without a name": "gen: shop: rules of shop-workers (" + at("func workersRules") + "): each group needs a Name",
		"job lost": rules + named + `: ` + "`max(rate(process_cpu_seconds_total{job=\"shop\"}[5m]) >= 0.9)` has lost the label job, " +
			"which alerts are routed and linked by: aggregate by it too",
		"unknown label":    rules + named + ": " + at(`"shelf"`) + ": max by shelf: the series have instance, job",
		"twice in a group": "gen: shop: alert ShopBusy exists twice " + named + ": give one of them another name",
		"twice over files": "gen: shop: alert ShopBusy exists twice " + named + ": give one of them another name",
		"one file twice":   "gen: shop: rule file shop-workers exists twice (",
		"stat of many series": board + `row "Now": panel "Busiest": ` + at(`"Busiest"`) +
			": a stat shows one number, and this expression has one for each instance: aggregate it with Sum, Max, Min, Avg or Count",
		"one title in two rows": board + `row "Later": panel "Busy": ` + at("Line(8, busyPanel(t))\n\tcase") +
			`: one title in two rows, here and in "Now": give one panel another (the other is at ` + at(".Row(\"Now\")") + ")",
		"empty row": board + `row "Nothing": ` + at(`"Nothing"`) + ": the row has no panels: give it a Line, or leave it out",
		"objective off the edges": "gen: target 1 (" + at("provision.Main(service)") + "): SLO.Latency is 300ms, which is not among the bucket edges of http_request_duration_seconds " +
			"(100ms, 500ms, 1s): choose one of them, or give the histogram this one",
		"no identity": "gen: target 1 (" + at("provision.Main(service)") + "): Identity is []: give the labels that name one process, the narrowest last, such as job and instance",
		"runbooks in a folder": "gen: target 1 (" + at("provision.Main(service)") + `): Routing.Runbooks is "docs/runbooks": give an address with http:// or https:// ` +
			"and without a final slash, or leave it out",
	} {
		t.Run(mistake, func(t *testing.T) {
			code, out := foreignGen(t, home, mistake)
			if code != 2 || !strings.Contains(out, want) {
				t.Errorf("exit code %d and\n%s\nwant 2 and\n%s", code, out, want)
			}
			if !maps.Equal(contents(t, home), before) {
				t.Error("files were changed")
			}
		})
	}
}

// TestRulesAreNotLost: gen does not remove the rules of a board that it still makes, however they got out of the
// list. To remove them on purpose, delete the file.
func TestRulesAreNotLost(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a generator in a module of its own")
	}
	home := foreignModule(t)
	foreignGen(t, home, "")
	before := contents(t, home)
	for mistake, name := range map[string]string{"file mistyped": "shop-workers", "ours forgotten": "go-goroutines"} {
		code, out := foreignGen(t, home, mistake)
		want := "gen: provisioning/prometheus/rules/" + name + ".yml: its board is made and its rules are not: at " +
			lineOf(t, filepath.Join(home, "main.go"), "provision.Main(service)") + " give a RuleFile named " + name + " (or dashboards.Rules, which has ours), or delete the file if its alerts should go; nothing was written\n"
		if code != 2 || out != want || !maps.Equal(contents(t, home), before) {
			t.Errorf("%s: exit code %d and\n%s\nwant 2 and\n%s", mistake, code, out, want)
		}
	}
	if err := os.Remove(filepath.Join(home, "provisioning/prometheus/rules/shop-workers.yml")); err != nil {
		t.Fatal(err)
	}
	if code, out := foreignGen(t, home, "file mistyped"); code != 0 || !strings.Contains(out, "wrote provisioning/prometheus/rules/shop-wokers.yml") {
		t.Errorf("after the file was deleted: exit code %d and\n%s", code, out)
	}
}

// TestUnplacedPanel: a panel function that nothing uses is an error. One with a caller, and an exported one, are
// allowed.
func TestUnplacedPanel(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a generator in a module of its own")
	}
	home := foreignModule(t)
	path := filepath.Join(home, "unplaced.go")
	write(t, path, "package main\n\nfunc forgotten(t dashboards.Target) *stat.PanelBuilder { return nil }\n\n"+
		"func loose(t dashboards.Target) cog.Builder[dashboard.Panel] { return nil }\n\n"+
		"func Exported() *stat.PanelBuilder { return nil }\n\nfunc other() string { return \"\" }\n")
	code, out := foreignGen(t, home, "")
	want := "gen: " + path + ":3: forgotten is a panel on no board: put it on one, or delete it\n" +
		path + ":5: loose is a panel on no board: put it on one, or delete it\n"
	if code != 2 || out != want {
		t.Errorf("exit code %d and\n%s\nwant 2 and\n%s", code, out, want)
	}
}

// foreignModule builds the generator of testdata/foreign as a module of its own that uses ours.
func foreignModule(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		text := read(t, root, "examples/own-service/"+name)
		write(t, filepath.Join(home, name), strings.ReplaceAll(text, "=> ../..", "=> "+root))
	}
	write(t, filepath.Join(home, "main.go"), read(t, "testdata/foreign", "main.go"))
	build := exec.Command("go", "build", "-o", "gen", ".")
	build.Dir = home
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", build, err, out)
	}
	return home
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// foreignGen runs the generator with a mistake, and gives its exit code and what it printed.
func foreignGen(t *testing.T, home, mistake string) (code int, out string) {
	t.Helper()
	gen := exec.Command(filepath.Join(home, "gen"))
	gen.Dir, gen.Env = home, append(os.Environ(), "MISTAKE="+mistake)
	printed, _ := gen.CombinedOutput()
	return gen.ProcessState.ExitCode(), string(printed)
}

// contents are the files of a folder by path.
func contents(t *testing.T, home string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for path, info := range tree(t, home) {
		if rel, err := filepath.Rel(home, path); err == nil && info.Mode().IsRegular() && rel != "gen" {
			all[filepath.ToSlash(rel)] = read(t, home, rel)
		}
	}
	return all
}

// lineOf is the place, as file:line, of a text that is in a file once.
func lineOf(t *testing.T, path, text string) string {
	t.Helper()
	before, _, found := strings.Cut(read(t, filepath.Dir(path), filepath.Base(path)), text)
	if !found {
		t.Fatalf("%s lacks %s", path, text)
	}
	return fmt.Sprintf("%s:%d", path, strings.Count(before, "\n")+1)
}
