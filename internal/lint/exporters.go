package lint

import (
	"maps"
	"slices"
	"strings"
)

// otherExporters are the first words of the metrics of well-known exporters. A page that has none of an exporter's says
// nothing about them: they come from elsewhere.
var otherExporters = setOf(`aggregator airflow alertmanager alloy apache apiserver argo argocd aws cadvisor caddy cassandra ceph certmanager certwatcher cilium
clickhouse cloudwatch cnpg container controller consul coredns cortex couchdb dcgm elasticsearch envoy etcd falco flink fluentbit fluentd flux gatekeeper
gitlab go gotk grafana grpc haproxy harbor hass http hubble ipmi istio jenkins junos jvm kafka karpenter keda kong kube kubelet kubernetes kubeproxy kubevirt
kyverno leader linkerd loki longhorn machine memcached mimir minio mongodb mqtt mysql nats nginx node nodejs nvidia opencost opensearch otelcol pg pgbouncer
php phpfpm pihole pilot postgres probe process promhttp prometheus promtail puma pulsar pushgateway pyroscope python rabbitmq redis rest ruby scheduler
sidekiq smartctl snmp solr spark squid ssl statsd storage strimzi tempo thanos traefik trino unbound unpoller varnish vault velero vm volume windows wireguard
wmi workqueue zfs zookeeper`)

// isOfOtherExporter reports whether a name is one of a well-known exporter's of which no page shows anything.
func (m *Metrics) isOfOtherExporter(name string) bool {
	if m.isServer() {
		return false
	}
	word := firstWord(name)
	return otherExporters[word] && !m.words()[word]
}

func firstWord(name string) string {
	word, _, _ := strings.Cut(name, "_")
	return word
}

// words returns the first words of the metrics on pages.
func (m *Metrics) words() map[string]bool {
	m.once.Do(m.index)
	return m.pageWords
}

// names returns the names of all metrics that there are, sorted.
func (m *Metrics) names() []string {
	m.once.Do(m.index)
	return m.all
}

func (m *Metrics) index() {
	m.pageWords = map[string]bool{}
	for name, s := range m.series {
		if s.From == FromPage {
			m.pageWords[firstWord(name)] = true
		}
		if s.From != FromKnown {
			m.all = append(m.all, name)
		}
	}
	m.all = slices.AppendSeq(m.all, maps.Keys(m.records))
	slices.Sort(m.all)
	m.all = slices.Compact(m.all)
}

// isServer reports whether a server has said which metrics there are.
func (m *Metrics) isServer() bool { return m.server }
