package provision

import "path"

// The types below are the part of the values of the Helm chart kube-prometheus-stack that is generated. What is below
// grafana goes to its subchart, and what is below grafana.ini to Grafana itself:
// https://github.com/prometheus-community/helm-charts/blob/main/charts/kube-prometheus-stack/values.yaml
// https://github.com/grafana-community/helm-charts/blob/main/charts/grafana/values.yaml
// https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/

type chartValues struct {
	Grafana    grafanaValues    `yaml:"grafana"`
	Prometheus prometheusValues `yaml:"prometheus"`
}

type prometheusValues struct {
	PrometheusSpec prometheusSpec `yaml:"prometheusSpec"`
}

type prometheusSpec struct {
	ScrapeInterval                          string `yaml:"scrapeInterval"`
	EvaluationInterval                      string `yaml:"evaluationInterval"`
	RuleSelectorNilUsesHelmValues           bool   `yaml:"ruleSelectorNilUsesHelmValues"`
	ServiceMonitorSelectorNilUsesHelmValues bool   `yaml:"serviceMonitorSelectorNilUsesHelmValues"`
}

type grafanaValues struct {
	Image          imageValues    `yaml:"image"`
	Admin          adminValues    `yaml:"admin"`
	INI            grafanaINI     `yaml:"grafana.ini"`
	ServiceMonitor monitorValues  `yaml:"serviceMonitor"`
	Sidecar        sidecarsValues `yaml:"sidecar"`
}

type imageValues struct {
	Tag string `yaml:"tag"`
}

type adminValues struct {
	ExistingSecret string `yaml:"existingSecret"`
	UserKey        string `yaml:"userKey"`
	PasswordKey    string `yaml:"passwordKey"`
}

type monitorValues struct {
	ScrapeTimeout string `yaml:"scrapeTimeout"`
}

type sidecarsValues struct {
	Dashboards  dashboardSidecar  `yaml:"dashboards"`
	DataSources dataSourceSidecar `yaml:"datasources"`
}

type dashboardSidecar struct {
	Enabled          bool            `yaml:"enabled"`
	Label            string          `yaml:"label"`
	LabelValue       string          `yaml:"labelValue"`
	SearchNamespace  string          `yaml:"searchNamespace"`
	Folder           string          `yaml:"folder"`
	FolderAnnotation string          `yaml:"folderAnnotation"`
	Provider         sidecarProvider `yaml:"provider"`
}

type sidecarProvider struct {
	FoldersFromFilesStructure bool `yaml:"foldersFromFilesStructure"`
}

type dataSourceSidecar struct {
	Name           string `yaml:"name"`
	UID            string `yaml:"uid"`
	ScrapeInterval string `yaml:"defaultDatasourceScrapeInterval"`
}

type grafanaINI struct {
	Analytics  analyticsINI  `yaml:"analytics"`
	Anonymous  anonymousINI  `yaml:"auth.anonymous"`
	Dashboards dashboardsINI `yaml:"dashboards,omitempty"`
	News       newsINI       `yaml:"news"`
	Plugins    pluginsINI    `yaml:"plugins"`
	Users      usersINI      `yaml:"users"`
}

type analyticsINI struct {
	ReportingEnabled      bool `yaml:"reporting_enabled"`
	CheckForUpdates       bool `yaml:"check_for_updates"`
	CheckForPluginUpdates bool `yaml:"check_for_plugin_updates"`
}

type anonymousINI struct {
	Enabled bool `yaml:"enabled"`
}

type dashboardsINI struct {
	Home string `yaml:"default_home_dashboard_path,omitempty"`
}

type newsINI struct {
	Enabled bool `yaml:"news_feed_enabled"`
}

type pluginsINI struct {
	PreinstallDisabled   bool `yaml:"preinstall_disabled"`
	PreinstallAutoUpdate bool `yaml:"preinstall_auto_update"`
}

type usersINI struct {
	AllowSignUp bool `yaml:"allow_sign_up"`
}

// grafanaTag is the Grafana version that the boards are tested with, as in compose.yml.
const grafanaTag = "13.2.3"

// adminSecret is the Secret with Grafana's admin. The user makes it: no file contains a password.
const adminSecret = "grafana-admin"

// sidecarFolder is where the sidecar puts the boards for Grafana, in one folder for each name in the ConfigMaps.
const sidecarFolder = "/tmp/dashboards"

// newHelmValues scrapes the whole cluster at the services' interval. The chart's own boards share the data source,
// and at a longer interval its $__rate_interval would be too short for them. A scrape of Grafana must not take longer
// than the interval, either: the chart allows 30 seconds, and Prometheus refuses such a configuration.
func newHelmValues(services []content) chartValues {
	interval := lasting(slowest(services))
	return chartValues{
		Grafana: grafanaValues{
			Image: imageValues{grafanaTag},
			Admin: adminValues{ExistingSecret: adminSecret, UserKey: "admin-user", PasswordKey: "admin-password"},
			INI: grafanaINI{
				Dashboards: dashboardsINI{home(services)},
				// Since 13.2 Prometheus is a bundled plugin that Grafana tries to replace at every start. On a
				// read-only file system it stops the plugin, then fails, and every panel is empty.
				Plugins: pluginsINI{PreinstallDisabled: true},
			},
			ServiceMonitor: monitorValues{interval},
			Sidecar: sidecarsValues{
				Dashboards: dashboardSidecar{
					Enabled:          true,
					Label:            sidecarLabel,
					LabelValue:       sidecarValue,
					SearchNamespace:  "ALL",
					Folder:           sidecarFolder,
					FolderAnnotation: sidecarAnnotation,
					Provider:         sidecarProvider{FoldersFromFilesStructure: true},
				},
				DataSources: dataSourceSidecar{Name: dataSourceName, UID: dataSourceUID, ScrapeInterval: interval},
			},
		},
		// The selectors are false, so that objects without the release's label, such as ours, count too.
		Prometheus: prometheusValues{prometheusSpec{ScrapeInterval: interval, EvaluationInterval: interval}},
	}
}

// home returns the file of the board that Grafana opens on: the first board of the first service with boards.
func home(services []content) string {
	for _, s := range services {
		if len(s.boards) > 0 {
			return path.Join(sidecarFolder, folderTitle, s.boards[0].uid+".json")
		}
	}
	return ""
}
