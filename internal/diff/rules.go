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
		if isMilder(one.old.text, one.new.text) {
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

// isMilder reports whether an alert has a milder severity, or no longer one.
func isMilder(old, new string) bool {
	before, after := slices.Index(severities, strings.ToLower(old)), slices.Index(severities, strings.ToLower(new))
	return new == "" || after >= 0 && after < before
}

// isWeaker reports whether an alert certainly fires less often: only for a part of what it fired for, or with no other
// difference than limits that are harder to reach.
func isWeaker(old, new string) bool {
	a, errA := query.Parse(old)
	b, errB := query.Parse(new)
	if errA != nil || errB != nil {
		return false
	}
	olds, news := a.Comparisons(), b.Comparisons()
	if b.Narrows(a) || len(olds) != len(news) {
		return b.Narrows(a)
	}
	harder := 0
	for i := range olds {
		switch {
		case isHarder(olds[i], news[i]):
			harder++
		case olds[i].Op != news[i].Op, olds[i].Limit != news[i].Limit:
			return false
		}
	}
	differing := 0
	for _, word := range wordDiff(a.Canonical(), b.Canonical()) {
		if word.Op != ' ' {
			differing++
		}
	}
	return harder > 0 && differing == 2*harder // the old limit and the new one
}

// isHarder reports whether a limit is harder to reach, and the answer depends on that.
func isHarder(old, new query.Comparison) bool {
	if old.Op != new.Op || !old.Decides || !new.Decides {
		return false
	}
	switch old.Op {
	case ">", ">=":
		return new.Number > old.Number
	case "<", "<=":
		return new.Number < old.Number
	}
	return false
}
