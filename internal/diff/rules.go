package diff

import (
	"slices"
	"strings"

	"github.com/prometheus/common/model"

	"gaugewright/internal/query"
)

// rule tells what changed in a recording or alerting rule.
func (c *comparer) rule(d *delta) {
	for _, path := range []string{"alert", "record"} {
		if one, ok := d.take(path); ok {
			c.tell(d, "renamed", Breaking, say("renamed: {} → {}", one.old.String(), one.new.String()), one.old.text, one.new.text)
		}
	}
	if one, ok := d.take("expr"); ok {
		change := c.expression(d, one)
		if d.new.get("alert") != (value{}) && isWeaker(one.old.text, one.new.text) {
			change.Level = Breaking
			change.Text.Words += "; it fires less often"
		}
	}
	c.duration(d, "for", "fires after")
	c.duration(d, "keep_firing_for", "keeps firing for")
	if one, ok := d.take("labels.severity"); ok {
		level := Behaviour
		if severity(one.new.text) < severity(one.old.text) {
			level = Breaking
		}
		c.tell(d, "labels.severity", level, sides("severity", one.old, one.new), one.old.text, one.new.text)
	}
	for _, kind := range []string{"label", "annotation"} {
		for _, one := range d.takeAll(kind + "s") {
			name := strings.Trim(strings.TrimPrefix(one.path, kind+"s."), `"`)
			if isLong(one) {
				c.long(d, one.path, Behaviour, say(kind+" {} "+changed, name), one)
				continue
			}
			c.tell(d, one.path, Behaviour, named(kind, name, one), one.old.text, one.new.text)
		}
	}
}

// named writes what was and what is under a name.
func named(kind, name string, one difference) Text {
	text := at(name, one.old, one.new)
	text.Words = kind + " " + text.Words
	return text
}

// duration tells that a duration changed. Where it is only written in another way, 60s for 1m, nothing else is shown.
func (c *comparer) duration(d *delta, path, words string) {
	one, ok := d.take(path)
	if !ok {
		return
	}
	level := Behaviour
	old, oldErr := model.ParseDuration(one.old.text)
	new, newErr := model.ParseDuration(one.new.text)
	if oldErr == nil && newErr == nil && old == new {
		level = Cosmetic
	}
	c.tell(d, path, level, sides(words, one.old, one.new), one.old.text, one.new.text)
}

// severities are the usual names, the mildest first.
var severities = []string{"none", "info", "warning", "error", "critical", "page"}

// severity returns the place of a severity among the usual ones. An unknown one is as grave as its other side.
func severity(name string) int {
	if i := slices.Index(severities, strings.ToLower(name)); i >= 0 {
		return i
	}
	return len(severities)
}

// isWeaker reports whether an alert's condition differs only in a limit that is harder to reach.
func isWeaker(old, new string) bool {
	a, errA := query.Parse(old)
	b, errB := query.Parse(new)
	if errA != nil || errB != nil {
		return false
	}
	olds, news := a.Comparisons(), b.Comparisons()
	if len(olds) != len(news) {
		return false
	}
	weaker, stricter := false, false
	for i := range olds {
		if olds[i].Op != news[i].Op {
			return false
		}
		by := news[i].Number - olds[i].Number
		switch olds[i].Op {
		case ">", ">=":
		case "<", "<=":
			by = -by
		default:
			by = 0
		}
		weaker, stricter = weaker || by > 0, stricter || by < 0
	}
	return weaker && !stricter
}
