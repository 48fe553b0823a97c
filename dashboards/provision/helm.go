package provision

import (
	"path"
	"slices"
)

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
	ScrapeInterval                          string        `yaml:"scrapeInterval"`
	EvaluationInterval                      string        `yaml:"evaluationInterval"`
	RuleNamespaceSelector                   labelSelector `yaml:"ruleNamespaceSelector"`
	RuleSelectorNilUsesHelmValues           bool          `yaml:"ruleSelectorNilUsesHelmValues"`
	ServiceMonitorNamespaceSelector         labelSelector `yaml:"serviceMonitorNamespaceSelector"`
	ServiceMonitorSelectorNilUsesHelmValues bool          `yaml:"serviceMonitorSelectorNilUsesHelmValues"`
}

type grafanaValues struct {
	Image          imageValues    `yaml:"image"`
	Admin          adminValues    `yaml:"admin"`
	INI            grafanaINI     `yaml:"grafana.ini"`
	ServiceMonitor monitorValues  `yaml:"serviceMonitor"`
	Sidecar        sidecarsValues `yaml:"sidecar"`
	Account        accountValues  `yaml:"serviceAccount"`
	Rights         rightsValues   `yaml:"rbac"`
	Objects        []manifest     `yaml:"extraObjects"`
}

type accountValues struct {
	Name string `yaml:"name"`
}

type rightsValues struct {
	Namespaced bool   `yaml:"namespaced"`
	Role       string `yaml:"useExistingRole"`
}

type imageValues struct {
	Tag    string `yaml:"tag"`
	Digest string `yaml:"sha"`
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
	Resource         string          `yaml:"resource"`
	SearchNamespace  []string        `yaml:"searchNamespace"`
	Folder           string          `yaml:"folder"`
	FolderAnnotation string          `yaml:"folderAnnotation"`
	Provider         sidecarProvider `yaml:"provider"`
}

type sidecarProvider struct {
	FoldersFromFilesStructure bool `yaml:"foldersFromFilesStructure"`
}

type dataSourceSidecar struct {
	Resource       string `yaml:"resource"`
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
	Security   securityINI   `yaml:"security"`
	Snapshots  snapshotsINI  `yaml:"snapshots"`
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
	PreinstallDisabled         bool `yaml:"preinstall_disabled"`
	PreinstallAutoUpdate       bool `yaml:"preinstall_auto_update"`
	PluginAdminEnabled         bool `yaml:"plugin_admin_enabled"`
	PublicKeyRetrievalDisabled bool `yaml:"public_key_retrieval_disabled"`
}

type securityINI struct {
	DisableGravatar bool `yaml:"disable_gravatar"`
}

type snapshotsINI struct {
	ExternalEnabled bool `yaml:"external_enabled"`
}

type usersINI struct {
	AllowSignUp bool `yaml:"allow_sign_up"`
}

// The Grafana version that the boards are tested with, and the digest of its image, as in compose.yml.
const (
	grafanaTag    = "13.2.3"
	grafanaDigest = "b28bae15e219c998fb0e0424ed724930cc61b1f61fb404d47c862f9a23f9e572"
)

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
			Image: imageValues{grafanaTag, grafanaDigest},
			Admin: adminValues{ExistingSecret: adminSecret, UserKey: "admin-user", PasswordKey: "admin-password"},
			INI: grafanaINI{
				Dashboards: dashboardsINI{home(services)},
				// Since 13.2 Prometheus is a bundled plugin that Grafana tries to replace at every start. On a
				// read-only file system it stops the plugin, then fails, and every panel is empty.
				Plugins: pluginsINI{PreinstallDisabled: true, PublicKeyRetrievalDisabled: true},
				// With what is false in this section and the others, Grafana asks nobody on the internet.
				Security: securityINI{DisableGravatar: true},
			},
			// Without a Role of this name the chart gives the sidecars rights to all Secrets, in the whole cluster.
			Account:        accountValues{grafanaAccount},
			Rights:         rightsValues{Namespaced: true, Role: sidecarRole},
			Objects:        []manifest{readsConfigMaps("")},
			ServiceMonitor: monitorValues{interval},
			Sidecar: sidecarsValues{
				Dashboards: dashboardSidecar{
					Enabled:          true,
					Label:            sidecarLabel,
					LabelValue:       sidecarValue,
					Resource:         "configmap",
					SearchNamespace:  watched(services),
					Folder:           sidecarFolder,
					FolderAnnotation: sidecarAnnotation,
					Provider:         sidecarProvider{FoldersFromFilesStructure: true},
				},
				DataSources: dataSourceSidecar{Resource: "configmap", Name: dataSourceName, UID: dataSourceUID, ScrapeInterval: interval},
			},
		},
		// Objects in every namespace count, and as the two others are false also those without the release's label.
		Prometheus: prometheusValues{prometheusSpec{ScrapeInterval: interval, EvaluationInterval: interval}},
	}
}

// watched are the namespaces with boards: the chart's own are in Grafana's.
func watched(services []content) []string {
	namespaces := []string{monitoringNamespace}
	for _, s := range services {
		if n := s.target.Kubernetes.Namespace; !slices.Contains(namespaces, n) {
			namespaces = append(namespaces, n)
		}
	}
	return namespaces
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
