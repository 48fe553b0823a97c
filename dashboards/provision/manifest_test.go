package provision_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"gopkg.in/yaml.v3"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	rbac "k8s.io/api/rbac/v1"
	strictjson "sigs.k8s.io/json"

	"gaugewright/dashboards"
)

const manifestFolder = "kubernetes/manifests/"

// cluster is what was written for a cluster, in the types of Kubernetes and of the Prometheus Operator.
type cluster struct {
	namespaces  []core.Namespace
	deployments []apps.Deployment
	services    []core.Service
	configMaps  []core.ConfigMap
	monitors    []monitoring.ServiceMonitor
	rules       []monitoring.PrometheusRule
	policies    []networking.NetworkPolicy
	roles       []rbac.Role
	bindings    []rbac.RoleBinding
}

// readCluster decodes every manifest among the files.
func readCluster(t *testing.T, files map[string]string) cluster {
	t.Helper()
	var c cluster
	for path, text := range files {
		if strings.HasPrefix(path, manifestFolder) {
			if err := c.add(text); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	return c
}

// add decodes the documents of a file. The types of Kubernetes know JSON only.
func (c *cluster) add(text string) error {
	documents := yaml.NewDecoder(strings.NewReader(text))
	for {
		var document map[string]any
		err := documents.Decode(&document)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		encoded, err := json.Marshal(document)
		if err != nil {
			return err
		}
		if err := c.addOne(fmt.Sprint(document["apiVersion"], "/", document["kind"]), encoded); err != nil {
			return err
		}
	}
}

func (c *cluster) addOne(kind string, encoded []byte) error {
	switch kind {
	case "v1/Namespace":
		return appendStrictly(&c.namespaces, encoded)
	case "apps/v1/Deployment":
		return appendStrictly(&c.deployments, encoded)
	case "v1/Service":
		return appendStrictly(&c.services, encoded)
	case "v1/ConfigMap":
		return appendStrictly(&c.configMaps, encoded)
	case "networking.k8s.io/v1/NetworkPolicy":
		return appendStrictly(&c.policies, encoded)
	case "rbac.authorization.k8s.io/v1/Role":
		return appendStrictly(&c.roles, encoded)
	case "rbac.authorization.k8s.io/v1/RoleBinding":
		return appendStrictly(&c.bindings, encoded)
	case "monitoring.coreos.com/v1/ServiceMonitor":
		return appendStrictly(&c.monitors, encoded)
	case "monitoring.coreos.com/v1/PrometheusRule":
		return appendStrictly(&c.rules, encoded)
	}
	return fmt.Errorf("no type is known for %s", kind)
}

// appendStrictly decodes as the API server does with --validate=strict: an unknown field is an error, and so is one whose
// case is wrong, which encoding/json would take.
func appendStrictly[T any](list *[]T, encoded []byte) error {
	var object T
	unknown, err := strictjson.UnmarshalStrict(encoded, &object)
	*list = append(*list, object)
	return errors.Join(err, errors.Join(unknown...))
}

// TestManifestsAreValid: every manifest is of the type that it says, and each kind is there.
func TestManifestsAreValid(t *testing.T) {
	for _, target := range []dashboards.Target{dashboards.App, dashboards.App.Demo(), pods()} {
		c := readCluster(t, filesByPath(t, target, dashboards.All...))
		got := []int{len(c.namespaces), len(c.deployments), len(c.services), len(c.configMaps), len(c.monitors), len(c.rules),
			len(c.policies), len(c.roles), len(c.bindings)}
		boards := len(dashboards.All)
		if want := []int{1, 2, 1, boards, 1, len(dashboards.Rules), 2, 1, 1}; !slices.Equal(got, want) {
			t.Errorf("of each kind there are %v, want %v", got, want)
		}
	}
}

// TestManifestMistakes shows that the test above would fail: misspelt, of wrong case, of wrong type, in the wrong place.
func TestManifestMistakes(t *testing.T) {
	files := filesByPath(t, pods(), dashboards.All...)
	for _, c := range []struct{ file, right, wrong, want string }{
		{"00-namespace", "metadata:", "metadatas:", `unknown field "metadatas"`},
		{"deployment", "readOnlyRootFilesystem", "readOnlyRootFileSystem", "unknown field"},
		{"deployment", "automountServiceAccountToken", "autoMountServiceAccountToken", "unknown field"},
		{"deployment", "runAsNonRoot: true", `runAsNonRoot: "true"`, "cannot unmarshal string"},
		{"deployment", "memory: 256Mi", "memory: 256 MiB", "quantities must match"},
		{"deployment", "          livenessProbe:", "          healthProbe:", "unknown field"},
		{"deployment", "        sleep:", "        wait:", "unknown field"},
		{"deployment", "apiVersion: apps/v1", "apiVersion: v1", "no type is known for v1/Deployment"},
		{"networkpolicy", "podSelector:", "podselector:", "unknown field"},
		{"01-grafana", "resources:", "resource:", "unknown field"},
		{"service", "targetPort:", "target_port:", "unknown field"},
		{"service", "port: 8000", "port: http", "cannot unmarshal string"},
		{"servicemonitor", "jobLabel:", "joblabel:", "unknown field"},
		{"servicemonitor", "relabelings:", "relabelConfigs:", "unknown field"},
		{"servicemonitor", "matchNames:", "matchName:", "unknown field"},
		{"rules-go-memory", "annotations:", "annotation:", "unknown field"},
		{"rules-go-memory", "for:", "For:", "unknown field"},
		{"dashboard-go-memory", "data:", "Data:", "unknown field"},
		{"dashboard-go-memory", `grafana_dashboard: "1"`, "grafana_dashboard: 1", "cannot unmarshal number"},
	} {
		text := files[manifestFolder+c.file+".yaml"]
		if !strings.Contains(text, c.right) {
			t.Errorf("%s does not contain %q", c.file, c.right)
		}
		err := new(cluster).add(strings.Replace(text, c.right, c.wrong, 1))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with %q: %v, want %s", c.file, c.wrong, err, c.want)
		}
	}
}

// TestRulesInCluster: the Operator gets the rules that Prometheus reads from the file, every one of them.
func TestRulesInCluster(t *testing.T) {
	files := filesByPath(t, dashboards.App, dashboards.All...)
	written := 0
	for path, text := range files {
		name, ok := strings.CutPrefix(path, "prometheus/rules/")
		if !ok {
			continue
		}
		written++
		var file struct{ Groups []any }
		var object struct{ Spec struct{ Groups []any } }
		inCluster := files[manifestFolder+"rules-"+strings.TrimSuffix(name, ".yml")+".yaml"]
		if err := errors.Join(yaml.Unmarshal([]byte(text), &file), yaml.Unmarshal([]byte(inCluster), &object)); err != nil {
			t.Fatal(err)
		}
		want, _ := json.Marshal(file.Groups)
		got, _ := json.Marshal(object.Spec.Groups)
		if len(file.Groups) == 0 || !bytes.Equal(got, want) {
			t.Errorf("%s and its PrometheusRule differ:\n%s\n%s", path, want, got)
		}
	}
	if written != len(dashboards.Rules) {
		t.Errorf("%d rule files are written, want %d", written, len(dashboards.Rules))
	}
}

// TestBoardsInCluster: a ConfigMap holds the board as Grafana reads it from the file, line by line in the manifest too, in
// the folder that the provider puts it in.
func TestBoardsInCluster(t *testing.T) {
	files := filesByPath(t, dashboards.App, dashboards.All...)
	c := readCluster(t, files)
	for _, configMap := range c.configMaps {
		uid := strings.TrimPrefix(configMap.Name, "dashboard-")
		board := files["grafana/dashboards/"+uid+".json"]
		if configMap.Data[uid+".json"] != board || len(configMap.Data) != 1 {
			t.Errorf("%s holds another board than grafana/dashboards/%s.json", configMap.Name, uid)
		}
		manifest := files[manifestFolder+configMap.Name+".yaml"]
		for line := range strings.Lines(board) {
			if !strings.Contains(manifest, "\n    "+line) {
				t.Errorf("%s lacks the line %s", configMap.Name, line)
			}
		}
		if folder := configMap.Annotations["grafana_folder"]; !strings.Contains(files["grafana/dashboards/provider.yml"],
			"folder: "+folder+"\n") {
			t.Errorf("%s is put in the folder %q", configMap.Name, folder)
		}
	}
}
