package provision

import "time"

// The types below are the part of Grafana's provisioning that is generated:
// https://grafana.com/docs/grafana/latest/administration/provisioning/

type dataSources struct {
	APIVersion  int          `yaml:"apiVersion"`
	Prune       bool         `yaml:"prune"`
	DataSources []dataSource `yaml:"datasources"`
}

type dataSource struct {
	Name      string         `yaml:"name"`
	Type      string         `yaml:"type"`
	UID       string         `yaml:"uid"`
	Access    string         `yaml:"access"`
	URL       string         `yaml:"url"`
	IsDefault bool           `yaml:"isDefault"`
	Editable  bool           `yaml:"editable"`
	JSONData  prometheusData `yaml:"jsonData"`
}

type prometheusData struct {
	HTTPMethod   string `yaml:"httpMethod"`
	TimeInterval string `yaml:"timeInterval"`
}

// The data source's name and uid, the same wherever Grafana runs.
const (
	dataSourceName = "Prometheus (Main)"
	dataSourceUID  = "prometheus-main"
)

// folderTitle is the folder that the boards are in.
const folderTitle = "Go service"

func newDataSources(interval time.Duration) dataSources {
	return dataSources{
		APIVersion: 1,
		Prune:      true, // after a rename here, Grafana removes the old data source
		DataSources: []dataSource{{
			Name:      dataSourceName,
			Type:      "prometheus",
			UID:       dataSourceUID,
			Access:    "proxy",
			URL:       "http://prometheus:9090",
			IsDefault: true,
			JSONData: prometheusData{
				HTTPMethod: "POST", // long queries do not fit into a URL
				// Grafana computes $__rate_interval from it, so it must be Prometheus's scrape interval.
				TimeInterval: lasting(interval),
			},
		}},
	}
}

type providers struct {
	APIVersion int        `yaml:"apiVersion"`
	Providers  []provider `yaml:"providers"`
}

type provider struct {
	Name                  string          `yaml:"name"`
	OrgID                 int             `yaml:"orgId"`
	Folder                string          `yaml:"folder"`
	Type                  string          `yaml:"type"`
	DisableDeletion       bool            `yaml:"disableDeletion"`
	UpdateIntervalSeconds int             `yaml:"updateIntervalSeconds"`
	AllowUIUpdates        bool            `yaml:"allowUiUpdates"`
	Options               providerOptions `yaml:"options"`
}

type providerOptions struct {
	Path                      string `yaml:"path"`
	FoldersFromFilesStructure bool   `yaml:"foldersFromFilesStructure"`
}

func newProviders() providers {
	return providers{
		APIVersion: 1,
		Providers: []provider{{
			Name:                  "boards",
			OrgID:                 1,
			Folder:                folderTitle,
			Type:                  "file",
			UpdateIntervalSeconds: 10,
			Options: providerOptions{
				// The grafana folder is mounted as Grafana's provisioning folder. From this one Grafana reads the
				// provider (only .yml and .yaml) and the boards (only .json).
				Path: "/etc/grafana/provisioning/dashboards",
			},
		}},
	}
}
