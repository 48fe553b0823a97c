package lint

import (
	"strings"
)

var legendLabel = Rule{
	Name: "legend-label", Group: Queries, Severity: Error, Fixes: true,
	Doc: "The legend names a label that the query's series do not have: it never resolves, and all lines are called alike.",
	Query: func(p *Pass, q *Query) {
		wanted := q.legendLabels()
		for _, name := range wanted {
			if strings.ContainsAny(name, "{},") {
				p.Target(q, q.Target.Spec.At("legendFormat"), "the legend's {{%s}} never resolves: a label is written {{name}}, one at a time", name)
				return
			}
		}
		if len(wanted) == 0 || q.combining == 0 && !p.Metrics.knowsAny(q) {
			return
		}
		set, _ := q.Parsed.Labels(p.Metrics.LikelyLabels(q))
		for _, name := range wanted {
			if set.Has(name) || name == "__name__" && set.Open || q.isGroupedBy(name) {
				continue
			}
			at := q.Target.Spec.At("legendFormat")
			f := p.Target(q, at, "the legend's {{%s}} never resolves: the query's series have %s", name, labelsOf(set))
			if only := spare(set, wanted); only != "" {
				f.setValue(at, strings.NewReplacer("{{"+name+"}}", "{{"+only+"}}", "{{ "+name+" }}", "{{ "+only+" }}").Replace(q.Target.Legend))
			}
		}
	},
}
