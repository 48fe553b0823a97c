package lint

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"time"

	"gaugewright/internal/query"
	"gaugewright/internal/rules"
)

// severities are the labels by which teams route alerts.
var severities = []string{"severity", "priority", "level", "sev", "urgency", "criticality", "page", "importance", "prio"}

// summaries are the annotations that say what is wrong.
var summaries = []string{"summary", "description", "message", "title", "text"}

// evaluationInterval returns how often rules are evaluated, by a prometheus.yml among the files; 0 without one.
func (f *Files) evaluationInterval() time.Duration {
	for _, file := range f.All {
		if file.Prometheus != nil {
			return file.Prometheus.Evaluation
		}
	}
	return 0
}

// line returns the line of a field of the rule; 0 where it is not known.
func (r *PromRule) line(keys ...string) int { return r.Node.At(keys...).Place().Line }

// always returns the part that has a result whatever the values are; nil where something filters, or where the series may
// themselves be there only when something is wrong.
func (p *Pass) always(part *query.Part, depth int) *query.Part {
	switch {
	case part.Selector != nil:
		records := p.Files.Records[part.Selector.Metric]
		if len(records) > 0 && depth < deepestRecord {
			if records[0].Query.Parsed == nil || p.always(records[0].Query.Tree, depth+1) == nil {
				return nil
			}
			return part
		}
		if p.isAlwaysThere(part.Selector) {
			return part
		}
		return nil
	case part.Is("absent", "absent_over_time", "vector"):
		return nil
	case part.Is("rate", "irate", "increase", "histogram_quantile", "predict_linear", "deriv", "delta"):
		return part
	case part.Aggregation != nil, part.Call != nil:
		if operand := part.Operand(); operand != nil && p.always(operand, depth) != nil {
			return part
		}
	case part.Operation != nil:
		return p.alwaysOperation(part, depth)
	}
	return nil
}

// isAlwaysThere reports whether a selector certainly has series while all is well: up has one of each target, and a page shows
// those of a service that runs.
func (p *Pass) isAlwaysThere(s *query.Selector) bool {
	series, ok := p.Metrics.Series(s.Metric)
	isOnPage := ok && series.From == FromPage && series.samples > 0
	return s.Metric == "up" || isOnPage && !slices.ContainsFunc(s.Matchers, func(m query.Matcher) bool { return slices.Contains(series.Labels, m.Label) })
}

func (p *Pass) alwaysOperation(part *query.Part, depth int) *query.Part {
	left, right := part.Parts[0], part.Parts[1]
	switch o := part.Operation; {
	case o.Bool:
		return part
	case o.IsComparison(), o.Op == "and", o.Op == "unless":
		return nil
	case o.Op == "or" && right.Is("vector"):
		return part
	case o.Op == "-" && left.Is("time") && right.Selector != nil:
		return part // the age of something that may not be there only when it is wrong
	case o.Op == "or":
		if p.always(left, depth) != nil {
			return p.always(left, depth)
		}
		return p.always(right, depth)
	case !right.Vector:
		return p.always(left, depth)
	case !left.Vector:
		return p.always(right, depth)
	default:
		if p.always(left, depth) != nil && p.always(right, depth) != nil {
			return part
		}
		return nil
	}
}

var boardLink = regexp.MustCompile(`/d/([A-Za-z0-9_-]+)`)
var panelLink = regexp.MustCompile(`[?&](?:viewPanel|panelId)=(?:panel-)?(\d+)`)

// linked returns the board, if it is one of the files, and the panel's id in a link to a board.
func (f *Files) linked(text string) (b *Board, panelID int, uid string) {
	m := boardLink.FindStringSubmatch(text)
	if m == nil {
		return nil, 0, ""
	}
	uid = m[1]
	if id := panelLink.FindStringSubmatch(text); id != nil {
		panelID, _ = strconv.Atoi(id[1])
	}
	for _, one := range f.Boards() {
		if one.UID == uid {
			return one, panelID, uid
		}
	}
	return nil, panelID, uid
}

// panel returns the panel with an id, or nil.
func (b *Board) panel(id int) *Panel {
	for _, panel := range b.Panels {
		if panel.ID == id {
			return panel
		}
	}
	return nil
}

// stepsOf returns the color steps of a panel that a viewer sees, but for the first, which has no number.
func stepsOf(panel *Panel) []float64 {
	var steps []float64
	for _, step := range panel.shownSteps() {
		if step.Value != nil {
			steps = append(steps, *step.Value)
		}
	}
	return steps
}

// hasStep reports whether a limit is a step, in the same unit or in one that differs by a usual factor.
func hasStep(steps []float64, limit float64) bool {
	return slices.ContainsFunc(steps, func(step float64) bool {
		if step == limit {
			return true
		}
		for _, factor := range []float64{100, 1000, 1e6, 1e9, 8, 60, 3600, 86400, 1 << 10, 1 << 20, 1 << 30} {
			if math.Abs(step/(limit*factor)-1) < 1e-9 || math.Abs(step*factor/limit-1) < 1e-9 {
				return true
			}
		}
		return false
	})
}

// drawsSame reports whether a panel draws, in one of its queries, just what an alert compares.
func drawsSame(panel *Panel, alert *Query) bool {
	compared := alert.Tree.Parts[0]
	if alert.Tree.Operation == nil {
		return false
	}
	var names []string
	compared.Walk(func(p *query.Part) bool {
		if p.Selector != nil {
			names = append(names, p.Selector.Metric)
		}
		return true
	})
	return slices.ContainsFunc(panel.Queries, func(q *Query) bool {
		var own []string
		for _, s := range q.Selectors() {
			own = append(own, s.Selector.Metric)
		}
		return slices.Equal(own, names)
	})
}

// doubts returns a check for what package rules finds in a file. Two files may be for two servers.
func doubts(kind rules.DoubtKind) func(*Pass, *Files) {
	return func(p *Pass, f *Files) {
		for _, file := range f.All {
			if file.rules.Groups == nil {
				continue
			}
			for _, d := range rules.Doubts(file.rules) {
				if d.Kind == kind {
					p.Prom(&PromRule{File: file, Group: rules.Group{Name: d.Group}, Rule: d.Rule}, 0, "%s", d.Text)
				}
			}
		}
	}
}

var lineOf = regexp.MustCompile(`\bline (\d+)`)
