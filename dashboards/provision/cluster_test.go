package provision_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"

	"gaugewright/dashboards"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/provision"
)

// pods is a target whose processes are pods in one of several clusters.
func pods() dashboards.Target {
	target := dashboards.App
	target.Identity = []metric.Label{metric.JobLabel, "cluster", "namespace", "pod"}
	target.Labels = map[string]string{"cluster": "north"}
	return target
}

func appCluster(t *testing.T, target dashboards.Target) cluster {
	t.Helper()
	return readCluster(t, filesByPath(t, target, dashboards.All...))
}

// serving is the Deployment behind the Service, with its one container.
func (c cluster) serving(t *testing.T) (apps.Deployment, core.Container) {
	t.Helper()
	var found []apps.Deployment
	for _, d := range c.deployments {
		if contains(d.Spec.Template.Labels, c.services[0].Spec.Selector) {
			found = append(found, d)
		}
	}
	if len(found) != 1 || len(found[0].Spec.Template.Spec.Containers) != 1 {
		t.Fatalf("%d deployments are behind the Service, want one of one container", len(found))
	}
	return found[0], found[0].Spec.Template.Spec.Containers[0]
}

// contains reports whether an object with the labels is selected.
func contains(labels, selector map[string]string) bool {
	for key, value := range selector {
		if labels[key] != value {
			return false
		}
	}
	return len(selector) > 0
}

// TestLabelsMeet: each selector selects what it is for and nothing else, each port exists under its name, and all is in the
// namespace.
func TestLabelsMeet(t *testing.T) {
	c := appCluster(t, dashboards.App)
	service, monitor := c.services[0], c.monitors[0]
	for _, d := range c.deployments {
		if !contains(d.Spec.Template.Labels, d.Spec.Selector.MatchLabels) {
			t.Errorf("%s does not select its own pods", d.Name)
		}
		for _, other := range c.deployments {
			if other.Name != d.Name && contains(other.Spec.Template.Labels, d.Spec.Selector.MatchLabels) {
				t.Errorf("%s selects the pods of %s", d.Name, other.Name)
			}
		}
	}
	_, container := c.serving(t)
	port := service.Spec.Ports[0]
	listens := slices.ContainsFunc(container.Ports, func(p core.ContainerPort) bool {
		return p.Name == port.TargetPort.StrVal && p.ContainerPort == port.Port
	})
	if !listens {
		t.Errorf("the Service leads to the port %v, the container has %v", port, container.Ports)
	}
	if !contains(service.Labels, monitor.Spec.Selector.MatchLabels) || monitor.Spec.Endpoints[0].Port != port.Name {
		t.Errorf("the ServiceMonitor %v does not find the Service %v", monitor.Spec, service)
	}
	if !slices.Equal(monitor.Spec.NamespaceSelector.MatchNames, []string{service.Namespace}) {
		t.Errorf("the ServiceMonitor looks in %v", monitor.Spec.NamespaceSelector)
	}
	for _, namespace := range c.usedNamespaces() {
		if namespace != c.namespaces[0].Name || namespace != "gaugewright" {
			t.Errorf("something is in the namespace %q", namespace)
		}
	}
}

func (c cluster) usedNamespaces() []string {
	used := []string{c.services[0].Namespace, c.monitors[0].Namespace}
	for _, d := range c.deployments {
		used = append(used, d.Namespace)
	}
	for _, m := range c.configMaps {
		used = append(used, m.Namespace)
	}
	for _, r := range c.rules {
		used = append(used, r.Namespace)
	}
	for _, p := range c.policies {
		used = append(used, p.Namespace)
	}
	return append(used, c.roles[0].Namespace, c.bindings[0].Namespace)
}

// scraped are the labels that the Operator has Prometheus give to a pod behind the Service, as in
// generateServiceMonitorConfig of its pkg/prometheus/promcfg.go.
func (c cluster) scraped(t *testing.T) labels.Labels {
	t.Helper()
	service, monitor := c.services[0], c.monitors[0]
	_, container := c.serving(t)
	given := map[string]string{
		"instance": "10.42.0.7:8000", "namespace": service.Namespace, "service": service.Name,
		"pod":       service.Name + "-5d9c7-abcde",
		"container": container.Name, "endpoint": monitor.Spec.Endpoints[0].Port, "job": service.Name,
	}
	if job := service.Labels[monitor.Spec.JobLabel]; job != "" {
		given["job"] = job
	}
	for _, r := range monitor.Spec.Endpoints[0].RelabelConfigs {
		if r.Action != "replace" || len(r.SourceLabels) > 0 || r.Replacement == nil {
			t.Errorf("the relabeling %v is not understood here", r)
			continue
		}
		given[r.TargetLabel] = *r.Replacement
	}
	return labels.FromMap(given)
}

// TestIdentityInCluster: what the Operator names a process by is what the boards and rules of the target choose it by.
func TestIdentityInCluster(t *testing.T) {
	for _, target := range []dashboards.Target{dashboards.App, pods()} {
		files := filesByPath(t, target, dashboards.All...)
		c := readCluster(t, files)
		series := c.scraped(t)
		if got := series.Get("job"); got != target.Job {
			t.Errorf("the job is %q in the cluster, and %q for the boards", got, target.Job)
		}
		for _, label := range target.Identity {
			if series.Get(string(label)) == "" {
				t.Errorf("nothing gives the label %s of the target's identity", label)
			}
			if want := target.Labels[string(label)]; want != "" && series.Get(string(label)) != want {
				t.Errorf("the label %s is %q, want %q", label, series.Get(string(label)), want)
			}
		}
		selectors := ruleSelectors(t, c.rules)
		for path, text := range files {
			if strings.HasPrefix(path, "grafana/") && strings.HasSuffix(path, ".json") {
				selectors = append(selectors, jobVariable(t, path, text))
			}
		}
		for _, selector := range selectors {
			if !slices.ContainsFunc(selector, func(m *labels.Matcher) bool { return m.Name == "job" }) {
				t.Errorf("%v names no job", selector)
			}
			for _, m := range selector {
				if value := series.Get(m.Name); value != "" && !m.Matches(value) {
					t.Errorf("%v does not select a series with %s=%q", selector, m.Name, value)
				}
			}
		}
	}
}

// ruleSelectors are the matchers of each selector in the rules.
func ruleSelectors(t *testing.T, rules []monitoring.PrometheusRule) (selectors [][]*labels.Matcher) {
	t.Helper()
	for _, object := range rules {
		for _, group := range object.Spec.Groups {
			for _, rule := range group.Rules {
				e, err := parser.NewParser(parser.Options{}).ParseExpr(rule.Expr.StrVal)
				if err != nil {
					t.Fatal(err)
				}
				selectors = append(selectors, parser.ExtractSelectors(e)...)
			}
		}
	}
	if len(selectors) < 20 {
		t.Errorf("only %d selectors are in the rules", len(selectors))
	}
	return selectors
}

var jobValues = regexp.MustCompile(`"query": "label_values\((.*), job\)"`)

// jobVariable are the matchers of the query that offers the jobs.
func jobVariable(t *testing.T, path, board string) []*labels.Matcher {
	t.Helper()
	found := jobValues.FindStringSubmatch(board)
	if found == nil {
		t.Fatalf("%s has no job variable", path)
	}
	matchers, err := parser.NewParser(parser.Options{}).ParseMetricSelector(strings.ReplaceAll(found[1], `\"`, `"`))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return matchers
}

// TestScrapedAtTheSameInterval: once for Compose, once for the cluster.
func TestScrapedAtTheSameInterval(t *testing.T) {
	for _, target := range []dashboards.Target{dashboards.App, dashboards.App.Demo()} {
		files := filesByPath(t, target, dashboards.All...)
		interval := string(readCluster(t, files).monitors[0].Spec.Endpoints[0].Interval)
		for path, fact := range map[string]string{
			"prometheus/prometheus.yml":       "  scrape_interval: " + interval + "\n",
			"grafana/datasources/grafana.yml": " timeInterval: " + interval + "\n",
			"kubernetes/prometheus.yaml":      " defaultDatasourceScrapeInterval: " + interval + "\n",
		} {
			if !strings.Contains(files[path], fact) {
				t.Errorf("%s lacks %q", path, fact)
			}
		}
	}
}

// TestExistingDeployment: without an image only what watches is written.
func TestExistingDeployment(t *testing.T) {
	target := dashboards.App
	target.Address = "shop.example.com:9090"
	target.Kubernetes = dashboards.Kubernetes{Namespace: "shop", Labels: map[string]string{"app": "myapp"}, Port: "metrics"}
	files := filesByPath(t, target, dashboards.All...)
	c := readCluster(t, files)
	if len(c.deployments)+len(c.services)+len(c.namespaces)+len(c.policies) > 0 {
		t.Errorf("what is there already is written: %v", slices.Sorted(maps.Keys(files)))
	}
	monitor := c.monitors[0].Spec
	if monitor.JobLabel != "app" || monitor.Endpoints[0].Port != "metrics" || monitor.Selector.MatchLabels["app"] != "myapp" {
		t.Errorf("the ServiceMonitor is %v", monitor)
	}
	if len(c.rules) != len(dashboards.Rules) || len(c.configMaps) != len(dashboards.All) || len(c.bindings) != 1 {
		t.Errorf("%d rules and %d boards are written, which %d bindings let Grafana read", len(c.rules), len(c.configMaps), len(c.bindings))
	}
}

// TestNoCluster: the zero value writes nothing.
func TestNoCluster(t *testing.T) {
	for path := range filesByPath(t, plain(), dashboards.All...) {
		if strings.HasPrefix(path, "kubernetes") {
			t.Errorf("%s is written", path)
		}
	}
}

// TestBadCluster: what an API server or the Operator would refuse, or pass over in silence, is refused here.
func TestBadCluster(t *testing.T) {
	for _, c := range []struct {
		change func(*dashboards.Target)
		want   string
	}{
		{func(t *dashboards.Target) { t.Kubernetes.Namespace = "" }, `Namespace is ""`},
		{func(t *dashboards.Target) { t.Kubernetes.Namespace = "Monitoring" }, `Namespace is "Monitoring"`},
		{func(t *dashboards.Target) { t.Kubernetes.Namespace = "monitoring" },
			`Namespace is "monitoring", where Prometheus and Grafana run: give the service one of its own`},
		{func(t *dashboards.Target) { t.Kubernetes.User = 0 }, "User is 0"},
		{func(t *dashboards.Target) { t.Kubernetes.Labels = map[string]string{"app": "other"} },
			`none of the Labels has the value "myapp", the target's Job`},
		{func(t *dashboards.Target) { t.Job = "my app" }, `Job "my app" cannot be an object's name`},
		{func(t *dashboards.Target) { t.Job = "app-" }, `Job "app-" cannot be an object's name`},
		{func(t *dashboards.Target) { t.Kubernetes.Port = "" }, `Port is ""`},
		{func(t *dashboards.Target) { t.Kubernetes.Port = "web_metrics" }, `Port is "web_metrics"`},
		{func(t *dashboards.Target) { t.Identity = pods().Identity },
			"nothing gives the label cluster of the target's Identity: give its value in Labels"},
		{func(t *dashboards.Target) { t.Address = "127.0.0.1:8000" },
			`Address is "127.0.0.1:8000": its host becomes the Service's name`},
		{func(t *dashboards.Target) { t.Address = "api" }, `Address is "api": its host`},
		{func(t *dashboards.Target) { t.Address = "api:0" }, `Address is "api:0": give a port`},
		{func(t *dashboards.Target) { t.Address = "api:70000" }, `Address is "api:70000": give a port`},
		{func(t *dashboards.Target) { t.Kubernetes.Health = "health" }, `Health is "health"`},
		{func(t *dashboards.Target) { t.Kubernetes.Memory = 0 }, "Memory is 0 MiB"},
		{func(t *dashboards.Target) { t.Kubernetes.CPU = 0 }, "CPU is 0"},
		{func(t *dashboards.Target) { t.Kubernetes.Grace = 0 }, "Grace is 0s"},
	} {
		target := dashboards.App
		c.change(&target)
		_, err := provision.Files(service(target, dashboards.All...))
		if err == nil || !strings.Contains(err.Error(), target.Job+": Kubernetes: "+c.want) {
			t.Errorf("the error is %v, want %s", err, c.want)
		}
	}
}

// TestBoardNamesInCluster: a uid may be what an object's name may not.
func TestBoardNamesInCluster(t *testing.T) {
	files := filesByPath(t, dashboards.App, board("Go_A", ""))
	c := readCluster(t, files)
	if name := c.configMaps[0].Name; name != "dashboard-go-a" || c.configMaps[0].Data["Go_A.json"] == "" {
		t.Errorf("the board Go_A is in the ConfigMap %s", name)
	}
	for _, bad := range []struct {
		uids []string
		want string
	}{
		{[]string{"go_a", "go-a"}, "Kubernetes: myapp, board go-a: the ConfigMap dashboard-go-a in namespace gaugewright " +
			"is made for myapp, board go_a too"},
		{[]string{"go-"}, `myapp: Kubernetes: uid "go-" cannot be an object's name`},
		{[]string{"_go"}, `myapp: Kubernetes: uid "_go" cannot be an object's name`},
	} {
		_, err := provision.Files(service(dashboards.App, named(bad.uids)...))
		if err == nil || !strings.Contains(err.Error(), bad.want) {
			t.Errorf("%q: the error is %v, want %s", bad.uids, err, bad.want)
		}
	}
}

// TestLargeBoard: a board that no ConfigMap holds is named, with its size; one that just fits is written.
func TestLargeBoard(t *testing.T) {
	const limit = 1 << 20
	size := func(description int) int {
		c := readCluster(t, filesByPath(t, dashboards.App, board("go-a", strings.Repeat("x", description))))
		return len(c.configMaps[0].Data["go-a.json"])
	}
	rest := size(1) - 1
	if got := size(limit - rest); got != limit {
		t.Errorf("the largest board has %d bytes", got)
	}
	_, err := provision.Files(service(dashboards.App, board("go-a", strings.Repeat("x", limit-rest+1))))
	want := "myapp: Kubernetes: uid go-a: the board has 1048577 bytes, and a ConfigMap holds 1048576: split it into two boards"
	if err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %s", err, want)
	}
}
