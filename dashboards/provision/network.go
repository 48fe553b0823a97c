package provision

// The types below are the part of Kubernetes' networking.k8s.io/v1 NetworkPolicy that is generated:
// https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/

type networkPolicySpec struct {
	PodSelector labelSelector `yaml:"podSelector"`
	PolicyTypes []string      `yaml:"policyTypes"`
	Ingress     []trafficRule `yaml:"ingress,omitempty"`
	Egress      []trafficRule `yaml:"egress,omitempty"`
}

type trafficRule struct {
	From  []peer        `yaml:"from,omitempty"`
	To    []peer        `yaml:"to,omitempty"`
	Ports []networkPort `yaml:"ports"`
}

type peer struct {
	NamespaceSelector *labelSelector `yaml:"namespaceSelector,omitempty"`
	PodSelector       *labelSelector `yaml:"podSelector,omitempty"`
}

type networkPort struct {
	Protocol string `yaml:"protocol"`
	Port     int    `yaml:"port"`
}

// namespaceLabel is the label that every namespace has, with its name.
const namespaceLabel = "kubernetes.io/metadata.name"

// serves lets Prometheus and the namespace's own pods ask the service, which itself asks nobody. Policies add up: for
// other clients, such as an Ingress, there can be another one.
func (c cluster) serves() manifest {
	return c.policy(c.service, networkPolicySpec{
		PodSelector: labelSelector{c.Labels},
		Ingress: []trafficRule{{
			From:  []peer{pods(monitoringNamespace, nameLabel, "prometheus"), {PodSelector: &labelSelector{}}},
			Ports: []networkPort{{"TCP", c.port}},
		}},
	})
}

// sends lets the clients ask the service, and the cluster's DNS for its address. Nobody asks them.
func (c cluster) sends(name string, labels map[string]string) manifest {
	return c.policy(name, networkPolicySpec{
		PodSelector: labelSelector{labels},
		Egress: []trafficRule{
			{To: []peer{{PodSelector: &labelSelector{c.Labels}}}, Ports: []networkPort{{"TCP", c.port}}},
			{To: []peer{pods("kube-system", "k8s-app", "kube-dns")}, Ports: []networkPort{{"UDP", 53}, {"TCP", 53}}},
		},
	})
}

func (c cluster) policy(name string, spec networkPolicySpec) manifest {
	spec.PolicyTypes = []string{"Ingress", "Egress"}
	return manifest{
		file: "networkpolicy.yaml", APIVersion: "networking.k8s.io/v1", Kind: "NetworkPolicy",
		Metadata: metadata{Name: name, Namespace: c.Namespace},
		Spec:     spec,
	}
}

// pods are those of a namespace with a label.
func pods(namespace, label, value string) peer {
	return peer{
		NamespaceSelector: &labelSelector{map[string]string{namespaceLabel: namespace}},
		PodSelector:       &labelSelector{map[string]string{label: value}},
	}
}
