package provision

import (
	"fmt"
	"maps"
	"slices"
)

// The types below are the part of the Prometheus Operator's monitoring.coreos.com/v1 that is generated:
// https://prometheus-operator.dev/docs/api-reference/api/

const monitoringVersion = "monitoring.coreos.com/v1"

type serviceMonitorSpec struct {
	JobLabel          string            `yaml:"jobLabel"`
	NamespaceSelector namespaceSelector `yaml:"namespaceSelector"`
	Selector          labelSelector     `yaml:"selector"`
	Endpoints         []endpoint        `yaml:"endpoints"`
}

type namespaceSelector struct {
	MatchNames []string `yaml:"matchNames"`
}

type endpoint struct {
	Port        string    `yaml:"port"`
	Interval    string    `yaml:"interval"`
	Relabelings []relabel `yaml:"relabelings,omitempty"`
}

type relabel struct {
	Action      string `yaml:"action"`
	TargetLabel string `yaml:"targetLabel"`
	Replacement string `yaml:"replacement"`
}

// monitor makes the Operator scrape the pods behind the Service. Each has its address and port in the instance label,
// and its namespace and pod; the job comes from the Service's label.
func (c cluster) monitor() manifest {
	scraped := endpoint{Port: c.Port, Interval: lasting(c.target.ScrapeInterval)}
	for _, label := range slices.Sorted(maps.Keys(c.target.Labels)) {
		scraped.Relabelings = append(scraped.Relabelings,
			relabel{Action: "replace", TargetLabel: label, Replacement: c.target.Labels[label]})
	}
	return manifest{
		file: "servicemonitor.yaml", APIVersion: monitoringVersion, Kind: "ServiceMonitor",
		Metadata: metadata{Name: c.name, Namespace: c.Namespace},
		Spec: serviceMonitorSpec{
			JobLabel:          c.jobLabel,
			NamespaceSelector: namespaceSelector{[]string{c.Namespace}},
			Selector:          labelSelector{c.Labels},
			Endpoints:         []endpoint{scraped},
		},
	}
}

// rule returns a rule file for the Operator.
func (c cluster) rule(r rules) (manifest, error) {
	name, err := objectName(r.name)
	if err != nil {
		return manifest{}, fmt.Errorf("rules of the board %w", err)
	}
	return manifest{
		file: "rules-" + name + ".yaml", from: "rules of " + r.name, APIVersion: monitoringVersion, Kind: "PrometheusRule",
		Metadata: metadata{Name: name, Namespace: c.Namespace},
		end:      block{head: "spec:\n", indent: "  ", text: r.yaml},
	}, nil
}

// The label and the annotation by which Grafana's sidecar finds a board and its folder. The Helm values say the same.
const (
	sidecarLabel      = "grafana_dashboard"
	sidecarValue      = "1"
	sidecarAnnotation = "grafana_folder"
)

// configMapLimit is the largest data of a ConfigMap that an API server accepts.
// https://kubernetes.io/docs/concepts/configuration/configmap/
const configMapLimit = 1 << 20

// board returns a board for Grafana's sidecar, line by line, so that a change is readable in the manifest too.
func (c cluster) board(b board) (manifest, error) {
	name, err := objectName(b.uid)
	if err != nil {
		return manifest{}, fmt.Errorf("uid %w", err)
	}
	if len(b.json) > configMapLimit {
		return manifest{}, fmt.Errorf("uid %s: the board has %d bytes, and a ConfigMap holds %d: split it into two boards",
			b.uid, len(b.json), configMapLimit)
	}
	return manifest{
		file: "dashboard-" + name + ".yaml", from: "board " + b.uid, APIVersion: "v1", Kind: "ConfigMap",
		Metadata: metadata{
			Name:        "dashboard-" + name,
			Namespace:   c.Namespace,
			Labels:      map[string]string{sidecarLabel: sidecarValue},
			Annotations: map[string]string{sidecarAnnotation: folderTitle},
		},
		end: literal(b.uid+".json", b.json),
	}, nil
}
