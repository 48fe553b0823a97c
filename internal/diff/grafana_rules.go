package diff

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"

	"gaugewright/internal/grafana"
)

// ruleQueryNames are the names that the query of a panel has for what a rule of Grafana has in its queries.
var ruleQueryNames = map[string]string{
	"datasourceUid": "datasource.uid", "model.expr": "expr", "model.instant": "instant", "model.range": "range", "model.type": "type",
	"model.expression": "expression", "model.reducer": "reducer", "model.conditions": "conditions",
}

// ruleQueries makes the parts of the queries of a rule of Grafana, also of its expressions, which Grafana itself evaluates.
func (w *walker) ruleQueries(rule *part) {
	for _, n := range rule.node.At("data").List() {
		if !n.IsObject() {
			continue
		}
		q := w.own(rule, aQuery, n.At("refId").Text(), n, ruleQueryNames)
		asked := n.At("model")
		q.expr = asked.At("expr").Text()
		q.target = &grafana.Target{Instant: asked.At("instant").Bool(), Range: asked.At("range").Bool()}
		if of := asked.At("datasource", "type").Text(); of != "prometheus" {
			q.target.Skip = of
		}
	}
}

// alertQuery tells what decides whether a rule of Grafana fires.
func (c *comparer) alertQuery(d *delta) {
	if d.new.parent.kind != aRule {
		return
	}
	isWeaker := isOnlyDifference(d) && isLessOften(d.old, d.new)
	for _, s := range []subject{
		{aQuery, "conditions", "condition", Behaviour, conditions},
		{aQuery, "expression", "expression", Behaviour, nil},
	} {
		found := d.takeAll(s.path)
		if len(found) == 0 {
			continue
		}
		text, old, new := s.text(d, found)
		if isWeaker {
			text.Words, s.level = text.Words+firesLess, Breaking
		}
		c.tell(d, s.path, s.level, text, old, new)
	}
}

// isOnlyDifference reports whether a query is all that differs in what a rule of Grafana asks.
func isOnlyDifference(d *delta) bool {
	olds, news := d.old.parent.of(aQuery), d.new.parent.of(aQuery)
	return d.old.parent.get("condition") == d.new.parent.get("condition") && slices.EqualFunc(olds, news, func(a, b *part) bool {
		return a == d.old && b == d.new || slices.Equal(a.leaves, b.leaves)
	})
}

// isLessOften reports whether a condition is harder to reach than another one.
func isLessOften(old, new *part) bool {
	const evaluator = "conditions[0].evaluator."
	kind, limit := old.get(evaluator+"type"), evaluator+"params"
	before, noOld := strconv.ParseFloat(old.get(limit).text, 64)
	after, noNew := strconv.ParseFloat(new.get(limit).text, 64)
	if noOld != nil || noNew != nil {
		return isWeaker(mathNames.Replace(old.get("expression").text), mathNames.Replace(new.get("expression").text))
	}
	onlyLimit := slices.EqualFunc(old.leaves, new.leaves, func(a, b leaf) bool { return a.path == b.path && (a == b || a.path == limit) })
	return onlyLimit && (kind.text == "gt" && after > before || kind.text == "lt" && after < before)
}

// mathNames makes a query of an expression of Grafana: $A > 5 is read as A > 5.
var mathNames = strings.NewReplacer("${", "", "}", "", "$", "")

// comparisons are what conditions of Grafana say.
var comparisons = map[string]string{"gt": ">", "lt": "<", "gte": ">=", "lte": "<=", "eq": "==", "ne": "!="}

// conditions writes the conditions of a query of a rule.
func conditions(p *part) string {
	var all []string
	for i := 0; ; i++ {
		begin := "conditions[" + strconv.Itoa(i) + "].evaluator."
		kind, limits := p.sorted(begin+"type").text, p.sorted(begin+"params").text
		if kind == "" {
			return strings.Join(all, ", ")
		}
		if sign, isKnown := comparisons[kind]; isKnown {
			kind = sign
		}
		all = append(all, strings.ReplaceAll(kind, "_", " ")+" "+limits)
	}
}

// relativeRange writes the time that a query of a rule looks at; it is kept in seconds.
func relativeRange(p *part) string {
	before := func(path string) string {
		seconds, err := strconv.ParseInt(p.get("relativeTimeRange."+path).text, 10, 32)
		if err != nil {
			return "0s"
		}
		return model.Duration(time.Duration(seconds) * time.Second).String()
	}
	if before("to") == "0s" {
		return "the last " + before("from")
	}
	return before("from") + " to " + before("to") + " ago"
}

// paused tells that a rule of Grafana is no longer evaluated, or is again.
func (c *comparer) paused(d *delta) {
	one, ok := d.take("isPaused")
	if !ok {
		return
	}
	if one.new.text == "true" {
		c.tell(d, "isPaused", Breaking, say("paused: it no longer fires"), one.old.text, one.new.text)
		return
	}
	c.tell(d, "isPaused", Behaviour, say("no longer paused"), one.old.text, one.new.text)
}
