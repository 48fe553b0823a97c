package provision

// The types below are the part of Kubernetes' rbac.authorization.k8s.io/v1 that is generated:
// https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/

const rbacVersion = "rbac.authorization.k8s.io/v1"

type roleRule struct {
	APIGroups []string `yaml:"apiGroups"`
	Resources []string `yaml:"resources"`
	Verbs     []string `yaml:"verbs"`
}

type roleRef struct {
	APIGroup string `yaml:"apiGroup"`
	Kind     string `yaml:"kind"`
	Name     string `yaml:"name"`
}

type subject struct {
	Kind      string `yaml:"kind"`
	Name      string `yaml:"name"`
	Namespace string `yaml:"namespace"`
}

const (
	// monitoringNamespace is where the chart is installed, with Prometheus and Grafana.
	monitoringNamespace = "monitoring"
	// grafanaAccount is the account of Grafana's pod, with its sidecars.
	grafanaAccount = "grafana"
	// sidecarRole is what the sidecars may do in a namespace.
	sidecarRole = "grafana-boards"
)

// readsConfigMaps is the Role of Grafana's sidecars. The chart's own ones may read every Secret too.
func readsConfigMaps(namespace string) manifest {
	return manifest{
		file: "01-grafana.yaml", APIVersion: rbacVersion, Kind: "Role",
		Metadata: metadata{Name: sidecarRole, Namespace: namespace},
		Rules:    []roleRule{{[]string{""}, []string{"configmaps"}, []string{"get", "list", "watch"}}},
	}
}

// sidecarRights let Grafana's sidecar read the boards in the service's namespace. In its own it has its rights from the
// Helm values.
func (c cluster) sidecarRights() []manifest {
	if c.Namespace == monitoringNamespace {
		return nil
	}
	return []manifest{readsConfigMaps(c.Namespace), {
		file: "01-grafana.yaml", APIVersion: rbacVersion, Kind: "RoleBinding",
		Metadata: metadata{Name: sidecarRole, Namespace: c.Namespace},
		RoleRef:  &roleRef{"rbac.authorization.k8s.io", "Role", sidecarRole},
		Subjects: []subject{{"ServiceAccount", grafanaAccount, monitoringNamespace}},
	}}
}
