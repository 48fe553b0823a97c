package diff

import (
	"slices"
	"strings"

	"github.com/prometheus/common/model"

	"gaugewright/internal/query"
)

// rule tells what changed in a recording or alerting rule.
func (c *comparer) rule(d *delta) {
	for _, name := range []struct{ path, words string }{
		{"alert", "renamed, so silences and routes by its name break"},
		{"record", "renamed, so queries for it find nothing"},
	} {
		if one, ok := d.take(name.path); ok {
			c.tell(d, "renamed", Breaking, sides(name.words, one.old, one.new), one.old.text, one.new.text)
		}
	}
	if one, ok := d.take("expr"); ok {
		change := c.expression(d, one)
		if d.new.get("alert") != (value{}) && isWeaker(one.old.text, one.new.text) {
			change.Level = Breaking
			change.Text.Words += firesLess
		}
	}
	c.duration(d, "for", "fires after")
	c.duration(d, "keep_firing_for", "keeps firing for")
	c.duration(d, "keepFiringFor", "keeps firing for")
	c.paused(d)
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

const firesLess = "; it fires less often"

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

// isWeaker reports whether an alert certainly fires less often: never for what it did not fire for.
func isWeaker(old, new string) bool {
	if len(old)+len(new) > query.MaxNarrowed {
		return false
	}
	a, errA := query.Parse(old)
	b, errB := query.Parse(new)
	return errA == nil && errB == nil && b.Narrows(a) && !a.Narrows(b)
}
