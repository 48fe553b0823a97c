package provision_test

import (
	"fmt"
	"slices"
	"testing"

	networking "k8s.io/api/networking/v1"

	"gaugewright/dashboards"
)

// selects reports whether a selector with these labels finds an object. An empty one finds everything.
func selects(selector, labels map[string]string) bool {
	return len(selector) == 0 || contains(labels, selector)
}

// place is a pod, or what else asks and is asked.
type place struct {
	namespace string
	labels    map[string]string
}

// meets reports whether one of the peers is the place, for a policy in a namespace.
func meets(peers []networking.NetworkPolicyPeer, in string, p place) bool {
	return slices.ContainsFunc(peers, func(peer networking.NetworkPolicyPeer) bool {
		isThere := p.namespace == in
		if peer.NamespaceSelector != nil {
			isThere = selects(peer.NamespaceSelector.MatchLabels, map[string]string{"kubernetes.io/metadata.name": p.namespace})
		}
		return isThere && (peer.PodSelector == nil || selects(peer.PodSelector.MatchLabels, p.labels))
	})
}

// passes reports whether the policies let one place ask another on a port, as a network that enforces them does: where
// a policy selects a pod, only what some policy allows.
func (c cluster) passes(from, to place, port int) bool {
	leaves, arrives := true, true
	allowsOut, allowsIn := false, false
	for _, p := range c.policies {
		if p.Namespace == from.namespace && selects(p.Spec.PodSelector.MatchLabels, from.labels) && slices.Contains(p.Spec.PolicyTypes, "Egress") {
			leaves = false
			for _, rule := range p.Spec.Egress {
				allowsOut = allowsOut || meets(rule.To, p.Namespace, to) && onPort(rule.Ports, port)
			}
		}
		if p.Namespace == to.namespace && selects(p.Spec.PodSelector.MatchLabels, to.labels) && slices.Contains(p.Spec.PolicyTypes, "Ingress") {
			arrives = false
			for _, rule := range p.Spec.Ingress {
				allowsIn = allowsIn || meets(rule.From, p.Namespace, from) && onPort(rule.Ports, port)
			}
		}
	}
	return (leaves || allowsOut) && (arrives || allowsIn)
}

func onPort(ports []networking.NetworkPolicyPort, port int) bool {
	return slices.ContainsFunc(ports, func(p networking.NetworkPolicyPort) bool { return p.Port.IntValue() == port })
}

// TestWhoMayAskWhom: Prometheus and the traffic reach the service, and nothing else reaches a pod or leaves one.
func TestWhoMayAskWhom(t *testing.T) {
	c := appCluster(t, dashboards.App)
	places := map[string]place{
		"prometheus": {"monitoring", map[string]string{"app.kubernetes.io/name": "prometheus"}},
		"grafana":    {"monitoring", map[string]string{"app.kubernetes.io/name": "grafana"}},
		"ingress":    {"ingress-nginx", map[string]string{"app.kubernetes.io/name": "ingress-nginx"}},
		"dns":        {"kube-system", map[string]string{"k8s-app": "kube-dns"}},
		"internet":   {},
	}
	for _, d := range c.deployments {
		places[d.Name] = place{d.Namespace, d.Spec.Template.Labels}
	}
	allowed := []string{"prometheus to api:8000", "api-traffic to api:8000", "api-traffic to dns:53"}
	for from, asks := range places {
		for to, asked := range places {
			for _, port := range []int{53, 80, 8000} {
				isOurs := asks.namespace == "gaugewright" || asked.namespace == "gaugewright"
				way := fmt.Sprintf("%s to %s:%d", from, to, port)
				if from == to || !isOurs {
					continue
				}
				if got, want := c.passes(asks, asked, port), slices.Contains(allowed, way); got != want {
					t.Errorf("%s: allowed is %v, want %v", way, got, want)
				}
			}
		}
	}
}

// TestSidecarReads: Grafana's account may read the ConfigMaps of each namespace that its sidecar watches, and nothing
// else: no Secret, and nothing in the whole cluster.
func TestSidecarReads(t *testing.T) {
	files := filesByPath(t, dashboards.App, dashboards.All...)
	values := helmValues(t, files["kubernetes/prometheus.yaml"])
	c := readCluster(t, files)
	binding := c.bindings[0]
	if s := binding.Subjects[0]; s.Kind != "ServiceAccount" || s.Namespace != "monitoring" || s.Name != values["grafana.serviceAccount.name"] {
		t.Errorf("the rights are those of %v", s)
	}
	if binding.RoleRef.Kind != "Role" || binding.RoleRef.Name != c.roles[0].Name || values["grafana.rbac.useExistingRole"] != c.roles[0].Name {
		t.Errorf("the roles are %v, %v and %v", binding.RoleRef, c.roles[0].Name, values["grafana.rbac.useExistingRole"])
	}
	if got, want := fmt.Sprint(values["grafana.sidecar.dashboards.searchNamespace"]), "[monitoring "+binding.Namespace+"]"; got != want {
		t.Errorf("the sidecar watches %s, and may read %s", got, want)
	}
	const rules = "[map[apiGroups:[] resources:[configmaps] verbs:[get list watch]]]"
	objects := fmt.Sprint(values["grafana.extraObjects"])
	if want := "[map[apiVersion:rbac.authorization.k8s.io/v1 kind:Role metadata:map[name:grafana-boards] rules:" + rules + "]]"; objects != want {
		t.Errorf("in its own namespace it has\n%s, want\n%s", objects, want)
	}
	if r := c.roles[0].Rules; len(r) != 1 || fmt.Sprint(r[0].Resources, r[0].Verbs, len(r[0].APIGroups)) != "[configmaps] [get list watch] 1" {
		t.Errorf("in the service's namespace it has %v", r)
	}
}
