package lint

import (
	"regexp"
	"slices"
	"strings"

	"gaugewright/internal/query"
)

// targetLabels are labels that people commonly give to their targets, so that a series can have them though no page does.
// They are data: what service discovery, operators and external labels use.
var targetLabels = setOf(`__name__ instance job cluster cluster_name cluster_id namespace pod container container_name node nodename node_name node_ip
service service_name endpoint env environment stage tier region zone az availability_zone datacenter data_center dc site location rack
team squad tenant tenant_id owner project customer app application component system product name role group shard replica host hostname host_name
fqdn server ip machine address prometheus prometheus_replica monitor source origin account account_id cloud provider platform release chart
version track slot image image_tag metrics_path scheme exporter target device_group business_unit cost_center domain workload workload_type
controller deployment statefulset daemonset created_by tailnet organization org workspace k8s_cluster kubernetes_namespace
kubernetes_pod_name kubernetes_name stack compose_service le quantile`)

// discovered finds labels that service discovery and relabelling make.
var discovered = regexp.MustCompile(`^(exported_|kubernetes_|k8s_|label_|annotation_|app_kubernetes_io|helm_sh|otel_|ec2_|gce_|azure_|consul_|docker_|nomad_|node_kubernetes|topology_|__)`)

// mayBeAdded reports whether a label can come from elsewhere than the page of a service: a common label of targets, or one
// that the queries use with metrics of many kinds that all lack it.
func (m *Metrics) mayBeAdded(label string) bool {
	return targetLabels[label] || discovered.MatchString(label) || slices.Contains(m.Target, label) || m.shared[label] >= leastShared
}

// leastShared is with how many families without it a label must be used to be taken for one of the targets.
const leastShared = 3

// share counts with how many families each label is used that do not have it on their page.
func (m *Metrics) share(f *Files) {
	used := map[string]map[string]bool{}
	note := func(label, family string) {
		if used[label] == nil {
			used[label] = map[string]bool{}
		}
		used[label][family] = true
	}
	f.eachQuery(func(q *Query) {
		for _, s := range q.Selectors() {
			series, ok := m.series[s.Selector.Metric]
			if !ok || series.From != FromPage {
				continue
			}
			for _, matcher := range s.Selector.Matchers {
				if !slices.Contains(series.Labels, matcher.Label) {
					note(matcher.Label, series.Family)
				}
			}
		}
	})
	m.shared = map[string]int{}
	for label, families := range used {
		m.shared[label] = len(families)
	}
}

// LikelyLabels is a query.Catalogue like Labels, which also knows the labels of pages whose targets are not known: those of
// the page, and all that may have been added to them.
func (m *Metrics) LikelyLabels(q *Query) query.Catalogue {
	if !m.knowsAny(q) {
		return nil
	}
	var added []string
	for _, name := range append(q.labelNames(), "job", "instance") {
		if m.mayBeAdded(name) {
			added = append(added, name)
		}
	}
	return func(name string) (query.Series, bool) {
		if known, ok := m.Labels(name); ok {
			return known, true
		}
		s, ok := m.Series(name)
		if !ok || s.From != FromPage || s.values == nil || len(s.Labels) == 0 && s.Kind == "" {
			return query.Series{}, false
		}
		return query.Series{Labels: slices.Concat(s.Labels, m.Target, added), Unit: s.Unit}, true
	}
}

// alwaysLabels is LikelyLabels for those metrics alone whose series on the page all have the same labels.
func (m *Metrics) alwaysLabels(q *Query) query.Catalogue {
	likely := m.LikelyLabels(q)
	if likely == nil {
		return nil
	}
	return func(name string) (query.Series, bool) {
		s, ok := m.Series(name)
		if !ok || s.From != FromPage || s.samples == 0 || slices.ContainsFunc(s.Labels, s.lacks) {
			return query.Series{}, false
		}
		return likely(name)
	}
}

// labelNames returns the labels that a query names, also in its legend.
func (q *Query) labelNames() []string {
	var all []string
	q.Tree.Walk(func(p *query.Part) bool {
		switch {
		case p.Selector != nil:
			for _, m := range p.Selector.Matchers {
				all = append(all, m.Label)
			}
		case p.Aggregation != nil:
			for _, label := range p.Aggregation.Labels {
				all = append(all, label.Name)
			}
		case p.Operation != nil:
			for _, label := range slices.Concat(p.Operation.Matching, p.Operation.Include) {
				all = append(all, label.Name)
			}
		}
		return true
	})
	return append(all, q.legendLabels()...)
}

// nearest returns the name that a wrong one was probably meant to be; empty where none is near.
func nearest(wrong string, names []string) string {
	best, least := "", max(2, len(wrong)/6)+1
	for _, name := range names {
		if d := name[:min(len(name), 1)]; name == wrong || d == "" || abs(len(name)-len(wrong)) >= least+len("_total") {
			continue
		}
		d := distance(name, wrong)
		if bare := strings.TrimSuffix(name, "_total"); bare != name {
			d = min(d, distance(bare, wrong)+1)
		}
		if 3*d > len(wrong) {
			continue
		}
		if d < least || d == least && best != "" && name < best {
			best, least = name, d
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// knowsAny reports whether something is known of a metric that a query names, beyond the catalogue.
func (m *Metrics) knowsAny(q *Query) bool {
	for _, s := range q.Selectors() {
		if series, ok := m.Series(s.Selector.Metric); ok && series.From != FromKnown {
			return true
		}
	}
	return false
}

// ask asks a catalogue, which may be nil.
func ask(c query.Catalogue, name string) (query.Series, bool) {
	if c == nil {
		return query.Series{}, false
	}
	return c(name)
}
