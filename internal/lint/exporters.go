package lint

import (
	"maps"
	"slices"
	"strings"
)

// otherExporters are the first words of the metrics of well-known exporters. A page that has none of an exporter's says
// nothing about them: they come from elsewhere.
const otherExporters = `alertmanager apiserver aws cadvisor certmanager cloudwatch container consul coredns elasticsearch envoy etcd fluentbit
fluentd go grafana haproxy http ipmi istio jvm kafka kube kubelet kubernetes kubeproxy loki machine memcached minio mongodb mysql nginx node nodejs
nvidia dcgm otelcol pg pgbouncer postgres probe process promhttp prometheus promtail python rabbitmq redis rest scheduler snmp ssl statsd storage
tempo thanos traefik vault vm windows wmi workqueue zfs`

// isOfOtherExporter reports whether a name is one of a well-known exporter's of which no page shows anything.
func (m *Metrics) isOfOtherExporter(name string) bool {
	if m.isServer() {
		return false
	}
	word := firstWord(name)
	return slices.Contains(strings.Fields(otherExporters), word) && !m.words()[word]
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
