package provision_test

import (
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/stat"

	"gaugewright/dashboards"
	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
	"gaugewright/dashboards/provision"
)

// second is another target beside ours.
func second() dashboards.Target {
	target := dashboards.App
	target.Job, target.Address = "shop", "shop:9000"
	return target
}

// files makes the files of several services and demands that it works.
func files(t *testing.T, services ...provision.Service) map[string]string {
	t.Helper()
	made, err := provision.Files(services...)
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]string{}
	for _, file := range made {
		byPath[file.Path] = string(file.Data)
	}
	return byPath
}

// ups is a panel, watched a board with it, and downs a file of rules about it: an alert for each name.
func ups(t dashboards.Target, uid string) *stat.PanelBuilder {
	return panel.Stat("Up on "+uid, "Is it?", t.Scope().Value(metric.Up).Min())
}

func watched(uid string) dashboards.Board {
	return func(t dashboards.Target) cog.Builder[dashboard.Dashboard] {
		return t.Board(uid, "Board "+uid, "Is it up?").Row("Now").Line(4, ups(t, uid))
	}
}

func downs(file, uid string, names ...string) dashboards.RuleFile {
	return dashboards.RuleFile{Name: file, Groups: func(t dashboards.Target) []alert.Group {
		group := alert.Group{Name: "downs"}
		for _, name := range names {
			group.Alerts = append(group.Alerts, alert.Alert{
				Name: name, Severity: alert.Warning, Panel: ups(t, uid), Summary: "down", Description: "Look.",
				Quantity: func(s promql.Scope) promql.Expr { return s.Value(metric.Up).Eq(promql.Number(0)) },
			})
		}
		return []alert.Group{{Name: "empty"}, group}
	}}
}

// TestTwoServices share the folder: each has its scrape, its boards and its rules, and there is one of all else.
func TestTwoServices(t *testing.T) {
	ours, theirs := service(dashboards.App, watched("go-a")), service(second(), watched("shop-a"))
	ours.Rules = []dashboards.RuleFile{downs("ours", "go-a", "OurDown")}
	theirs.Rules = []dashboards.RuleFile{downs("theirs", "shop-a", "ShopDown")}
	made := files(t, ours, theirs)
	want := "scrape_configs:\n" +
		"  - job_name: myapp\n    static_configs:\n      - targets:\n          - api:8000\n" +
		"  - job_name: shop\n    static_configs:\n      - targets:\n          - shop:9000\n"
	if got := made["prometheus/prometheus.yml"]; !strings.HasSuffix(got, want) {
		t.Errorf("prometheus.yml is\n%s\nwant at its end\n%s", got, want)
	}
	for path, fact := range map[string]string{
		"prometheus/rules/ours.yml":       `up{job="myapp"}`,
		"prometheus/rules/theirs.yml":     `up{job="shop"}`,
		"grafana/dashboards/go-a.json":    "go-a",
		"grafana/dashboards/shop-a.json":  "shop-a",
		"grafana/datasources/grafana.yml": "timeInterval: 10s",
		".generated":                      "go-a.json\ngrafana/dashboards/provider.yml\ngrafana/dashboards/shop-a.json\n",
	} {
		if !strings.Contains(made[path], fact) {
			t.Errorf("%s lacks %s:\n%s", path, fact, made[path])
		}
	}
	c := readCluster(t, made)
	if len(c.namespaces) != 1 || len(c.deployments) != 4 || len(c.services) != 2 || len(c.monitors) != 2 ||
		len(c.rules) != 2 || len(c.configMaps) != 2 {
		t.Errorf("for the cluster there are %d namespaces, %d deployments, %d services, %d monitors, %d rules, %d boards",
			len(c.namespaces), len(c.deployments), len(c.services), len(c.monitors), len(c.rules), len(c.configMaps))
	}
}

// TestTwoIntervals: everything that is computed once for both spans four scrapes of either.
func TestTwoIntervals(t *testing.T) {
	slow := second()
	slow.ScrapeInterval = time.Minute
	for _, services := range [][]provision.Service{
		{service(dashboards.App), service(slow)}, {service(slow), service(dashboards.App)},
	} {
		for i, file := range []dashboards.RuleFile{downs("first", "a", "FirstDown"), downs("second", "b", "SecondDown")} {
			services[i].Boards = []dashboards.Board{watched([]string{"a", "b"}[i])}
			services[i].Rules = []dashboards.RuleFile{file}
		}
		made := files(t, services...)
		for i, name := range []string{"first", "second"} {
			fast := services[i].Target.ScrapeInterval == 10*time.Second
			if got := strings.Contains(made["prometheus/rules/"+name+".yml"], "interval: 10s"); got != fast {
				t.Errorf("rules/%s.yml of a service scraped each %s:\n%s", name, services[i].Target.ScrapeInterval, made["prometheus/rules/"+name+".yml"])
			}
		}
		for path, facts := range map[string][]string{
			"prometheus/prometheus.yml": {"  scrape_interval: 1m\n  evaluation_interval: 1m\n",
				"  - job_name: myapp\n    scrape_interval: 10s\n", "  - job_name: shop\n    static_configs:\n"},
			"grafana/datasources/grafana.yml": {"timeInterval: 1m\n"},
			"kubernetes/prometheus.yaml":      {"defaultDatasourceScrapeInterval: 1m\n", " scrapeInterval: 1m\n"},
		} {
			for _, fact := range facts {
				if !strings.Contains(made[path], fact) {
					t.Errorf("%s lacks %q:\n%s", path, fact, made[path])
				}
			}
		}
		for _, m := range readCluster(t, made).monitors {
			if want := map[string]string{"myapp": "10s", "shop": "1m"}[m.Name]; string(m.Spec.Endpoints[0].Interval) != want {
				t.Errorf("%s is scraped every %s, want %s", m.Name, m.Spec.Endpoints[0].Interval, want)
			}
		}
	}
}

// TestServicesCollide: what two services cannot share is refused, and both are named.
func TestServicesCollide(t *testing.T) {
	sameJob, sameHost := second(), second()
	sameJob.Job, sameHost.Address = "myapp", "api:9000"
	prefixed := second()
	prefixed.UIDPrefix = "shop-"
	a, b := board("go-a", ""), board("go-b", "")
	ours, theirs := service(dashboards.App, watched("go-a")), service(second(), watched("go-b"))
	ours.Rules = []dashboards.RuleFile{downs("downs", "go-a", "One")}
	theirs.Rules = []dashboards.RuleFile{downs("downs", "go-b", "One")}
	for _, c := range []struct {
		services []provision.Service
		want     string
	}{
		{nil, "no service: give a target and its boards"},
		{[]provision.Service{service(dashboards.App, a), service(sameJob, b)},
			`target 2 (shop:9000): Job "myapp" is that of target 1 (api:8000) too: give each target a job of its own`},
		{[]provision.Service{service(dashboards.App, a), service(second(), b, board("GO-A", ""))},
			": uid GO-A is that of myapp: board 1, "},
		{[]provision.Service{service(dashboards.App, a), service(second(), a)}, ": uid go-a is that of myapp: board 1, "},
		{[]provision.Service{service(dashboards.App, dashboards.GC), service(prefixed, dashboards.GC)},
			`: title "Go / GC and CGO" is that of myapp: board 1, dashboards.GC (`},
		{[]provision.Service{ours, theirs}, "rule file downs is that of myapp too: give each a name of its own, or the target a UIDPrefix"},
		{[]provision.Service{service(dashboards.App, a), service(sameHost, b)},
			"Kubernetes: shop: the Deployment api in namespace gaugewright is made for myapp too: give one of them another name"},
		{[]provision.Service{service(dashboards.App, a), service(dashboards.Target{}, b)}, "target 2: Job is empty"},
	} {
		_, err := provision.Files(c.services...)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("the error is %v, want %s", err, c.want)
		}
	}
}

// TestLeftOut: a board that has nothing to say of a target, groups without rules, and files without groups.
func TestLeftOut(t *testing.T) {
	empty := func(dashboards.Target) cog.Builder[dashboard.Dashboard] {
		return dashboard.NewDashboardBuilder("Empty").Uid("go-empty")
	}
	made := files(t, provision.Service{
		Target: dashboards.App,
		Boards: []dashboards.Board{empty, watched("go-a"), board("go-b", "")},
		Rules:  []dashboards.RuleFile{downs("go-a", "go-a", "Kept"), downs("go-b", "go-b")},
	})
	for path, text := range made {
		for _, never := range []string{"go-empty", "rules/go-b", "rules-go-b", "name: empty"} {
			if strings.Contains(path, never) || strings.Contains(text, never) {
				t.Errorf("%s has %s:\n%s", path, never, text)
			}
		}
	}
	if !strings.Contains(made["prometheus/rules/go-a.yml"], "alert: Kept") || made["grafana/dashboards/go-b.json"] == "" {
		t.Errorf("what should be kept is not: %s", made["prometheus/rules/go-a.yml"])
	}
	home := "default_home_dashboard_path: /tmp/dashboards/Go service/go-a.json"
	if !strings.Contains(made["kubernetes/prometheus.yaml"], home) {
		t.Errorf("Grafana does not open on the first board that is made")
	}
}

// TestRulesOfSomeBoards: a service that names boards and no rules has those of our rules whose panels it shows.
func TestRulesOfSomeBoards(t *testing.T) {
	made := files(t, service(dashboards.App, dashboards.GC, dashboards.Overview))
	for path, want := range map[string]bool{
		"prometheus/rules/go-gc.yml": true, "prometheus/rules/go-overview.yml": true, "prometheus/rules/go-memory.yml": true,
		"prometheus/rules/go-http.yml": false, "prometheus/rules/go-goroutines.yml": false,
	} {
		if _, is := made[path]; is != want {
			t.Errorf("%s is made: %v, want %v", path, is, want)
		}
	}
	memory := made["prometheus/rules/go-memory.yml"]
	if strings.Contains(memory, "GoMemoryCreep") || !strings.Contains(memory, "/d/go-overview?") {
		t.Errorf("of the memory alerts there should be the one whose panel is on the overview:\n%s", memory)
	}
	if whole := files(t, provision.Service{Target: dashboards.App}); len(whole) != len(files(t, service(dashboards.App, dashboards.All...))) {
		t.Error("a service that names no boards has not all of ours with their rules")
	}
}

// TestDemoOfTwo: at the demo's speed are all targets.
func TestDemoOfTwo(t *testing.T) {
	dir := t.TempDir()
	genServices(t, 0, []provision.Service{service(dashboards.App, board("go-a", "")), service(second(), board("go-b", ""))},
		"-demo", "-out", dir)
	text := read(t, dir, "prometheus/prometheus.yml")
	if strings.Count(text, "scrape_interval: 1s") != 1 || strings.Contains(text, "10s") {
		t.Errorf("prometheus.yml is\n%s", text)
	}
}
