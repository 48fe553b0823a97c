package lint

import (
	"slices"

	"gaugewright/internal/query"
)

var manyToMany = Rule{
	Name: "many-to-many", Group: Queries, Severity: Error,
	Doc: "Several series of a side have the same labels to match on. Prometheus refuses that, unless that side is the many of " +
		"group_left or group_right.",
	Query: func(p *Pass, q *Query) {
		if q.combining > mostCombining {
			return
		}
		q.Tree.Walk(func(part *query.Part) bool {
			o := part.Operation
			if o == nil || !o.Vectors || o.Matching == nil || o.Op == "and" || o.Op == "or" || o.Op == "unless" {
				return true
			}
			for i, side := range part.Parts {
				isMany := o.Group == "group_left" && i == 0 || o.Group == "group_right" && i == 1
				extra := p.unmatched(q, side, o)
				if extra == nil {
					extra = p.crowded(side, o)
				}
				if isMany || len(extra) == 0 {
					continue
				}
				which, mend := []string{"left", "right"}[i], []string{"group_left", "group_right"}[i]
				f := p.Query(q, o.Span, "the %s side has several series for one of the other, by %s", which, set(extra))
				if o.Group == "" {
					f.Text += ": it needs " + mend
				} else {
					f.Text += ": aggregate it"
				}
				break
			}
			return true
		})
	},
}

// crowded returns the labels of a selector that are not matched on, where a page has more series of it than the matched labels
// can tell apart. Else it returns none.
func (p *Pass) crowded(side *query.Part, o *query.Operation) []string {
	s := plainSelector(side)
	if s == nil || slices.Contains(s.Selector.Within, "label_replace") || slices.Contains(s.Selector.Within, "label_join") {
		return nil
	}
	series, ok := p.Metrics.Series(s.Selector.Metric)
	if !ok || series.From != FromPage || slices.ContainsFunc(o.Matching, func(l query.Label) bool { return isVariable(l.Name) }) {
		return nil
	}
	var extra []string
	most := 1
	for _, label := range series.Labels {
		isMatched := o.On == slices.ContainsFunc(o.Matching, func(l query.Label) bool { return l.Name == label })
		switch {
		case hasMatcher(s.Selector, label):
			return nil // there may be few of them
		case !isMatched:
			extra = append(extra, label)
		case series.lacks(label):
			most *= len(series.Values(label)) + 1
		default:
			most *= len(series.Values(label))
		}
	}
	if series.samples <= most {
		return nil
	}
	return extra
}
