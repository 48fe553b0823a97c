package provision_test

import (
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"gaugewright/dashboards"
)

// helmValues are the values by their path in the file.
func helmValues(t *testing.T, text string) map[string]any {
	t.Helper()
	var tree map[string]any
	if err := yaml.Unmarshal([]byte(text), &tree); err != nil {
		t.Fatal(err)
	}
	values := map[string]any{}
	var walk func(path string, value any)
	walk = func(path string, value any) {
		below, ok := value.(map[string]any)
		if !ok {
			values[strings.TrimPrefix(path, ".")] = value
		}
		for key, value := range below {
			walk(path+"."+key, value)
		}
	}
	walk("", tree)
	return values
}

// TestHelmValues: the chart finds what gen writes, and Grafana is as in Compose.
func TestHelmValues(t *testing.T) {
	files := filesByPath(t, dashboards.App, dashboards.All...)
	values := helmValues(t, files["kubernetes/prometheus.yaml"])
	for path, want := range map[string]any{
		"prometheus.prometheusSpec.serviceMonitorSelectorNilUsesHelmValues": false,
		"prometheus.prometheusSpec.ruleSelectorNilUsesHelmValues":           false,
		"prometheus.prometheusSpec.scrapeInterval":                          "10s",
		"prometheus.prometheusSpec.evaluationInterval":                      "10s",
		"grafana.serviceMonitor.scrapeTimeout":                              "10s",
		"grafana.sidecar.datasources.defaultDatasourceScrapeInterval":       "10s",
		"grafana.sidecar.datasources.name":                                  "Prometheus (Main)",
		"grafana.sidecar.datasources.uid":                                   "prometheus-main",
		"grafana.sidecar.dashboards.enabled":                                true,
		"grafana.sidecar.dashboards.resource":                               "configmap",
		"grafana.sidecar.datasources.resource":                              "configmap",
		"grafana.rbac.namespaced":                                           true,
		"grafana.serviceAccount.name":                                       "grafana",
		"grafana.sidecar.dashboards.provider.foldersFromFilesStructure":     true,
		"grafana.admin.existingSecret":                                      "grafana-admin",
		"grafana.grafana.ini.users.allow_sign_up":                           false,
		"grafana.grafana.ini.auth.anonymous.enabled":                        false,
		"grafana.grafana.ini.analytics.reporting_enabled":                   false,
		"grafana.grafana.ini.analytics.check_for_updates":                   false,
		"grafana.grafana.ini.analytics.check_for_plugin_updates":            false,
		"grafana.grafana.ini.news.news_feed_enabled":                        false,
		"grafana.grafana.ini.plugins.preinstall_disabled":                   true,
		"grafana.grafana.ini.plugins.preinstall_auto_update":                false,
		"grafana.grafana.ini.plugins.plugin_admin_enabled":                  false,
		"grafana.grafana.ini.plugins.public_key_retrieval_disabled":         true,
		"grafana.grafana.ini.security.disable_gravatar":                     true,
		"grafana.grafana.ini.snapshots.external_enabled":                    false,
		"grafana.grafana.ini.dashboards.default_home_dashboard_path":        "/tmp/dashboards/Go service/go-overview.json",
		"grafana.sidecar.dashboards.folder":                                 "/tmp/dashboards",
	} {
		if got := values[path]; got != want {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	}
	for _, everywhere := range []string{"serviceMonitorNamespaceSelector: {}\n", "ruleNamespaceSelector: {}\n"} {
		if !strings.Contains(files["kubernetes/prometheus.yaml"], everywhere) {
			t.Errorf("Prometheus looks only in its own namespace: no %s", everywhere)
		}
	}
	for _, configMap := range readCluster(t, files).configMaps {
		label, _ := values["grafana.sidecar.dashboards.label"].(string)
		annotation, _ := values["grafana.sidecar.dashboards.folderAnnotation"].(string)
		if configMap.Labels[label] != values["grafana.sidecar.dashboards.labelValue"] || configMap.Labels[label] != "1" {
			t.Errorf("the sidecar does not find %s by %v", configMap.Name, configMap.Labels)
		}
		if configMap.Annotations[annotation] == "" {
			t.Errorf("the sidecar finds no folder for %s in %v", configMap.Name, configMap.Annotations)
		}
	}
}

var password = regexp.MustCompile(`(?i)(password|secret|token)[a-z_-]*: *(.*)`)

// TestNoPasswords: what is generated names the place of a secret, and holds none.
func TestNoPasswords(t *testing.T) {
	for path, text := range filesByPath(t, dashboards.App, dashboards.All...) {
		for _, found := range password.FindAllStringSubmatch(text, -1) {
			switch found[0] {
			case "Secret: grafana-admin", "passwordKey: admin-password", "Token: false":
			default:
				if strings.HasSuffix(path, ".yaml") && !strings.Contains(path, "dashboard-") {
					t.Errorf("%s: %s", path, found[0])
				}
			}
		}
	}
}
