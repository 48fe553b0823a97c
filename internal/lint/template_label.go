package lint

var templateLabel = Rule{
	Name: "template-label", Group: Alerts, Severity: Error,
	Doc: "A text of the alert names a label that its expression has aggregated away: it stays empty in every message.",
	Prom: func(p *Pass, r *PromRule) {
		if r.Alert == "" || r.Query.Parsed == nil {
			return
		}
		set, _ := r.Query.Parsed.Labels(p.Metrics.LikelyLabels(r.Query))
		known, _ := r.Query.Parsed.Labels(nil)
		for _, lost := range r.LostLabels(func(label string) bool {
			return set.Has(label) || p.Metrics.mayBeAdded(label) && known.Has(label)
		}) {
			f := p.Prom(r, lost.Line, "%s: %s: the expression's result has no label %s", lost.In, lost.Text, lost.Name)
			if _, own := r.Labels[lost.Name]; own || lost.Name == "alertname" {
				f.Text += "; a text does not see the labels that the alert itself adds"
			}
		}
	},
}
