package lint

var noThreshold = Rule{
	Name: "no-threshold", Group: Alerts, Severity: Error,
	Doc: "The alert's expression always has a result, whatever its value: the alert fires all the time.",
	Prom: func(p *Pass, r *PromRule) {
		if r.Alert == "" || r.Query.Parsed == nil {
			return
		}
		if part := p.always(r.Query.Tree, 0); part != nil {
			f := p.Query(r.Query, part.Span, "it always has a result: compare it with a limit")
			if part.Operation != nil && part.Operation.Bool {
				f.Text = "with bool the result is 0 or 1, and the alert fires for both: leave bool out"
			}
		}
	},
}
