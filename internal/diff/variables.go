package diff

import (
	"regexp"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
)

// variable tells what belongs together: the list of a variable is kept once more as its options.
func (c *comparer) variable(d *delta) {
	kind := d.new.get("type").text
	if kind != d.old.get("type").text {
		d.takeAll("options") // the list of another type
	}
	if kind == "custom" || kind == "interval" || kind == "constant" || kind == "textbox" {
		for _, one := range d.leaves {
			if one.path == "query" && (one.old.kind == grafana.String || one.new.kind == grafana.String) {
				d.takeAll("options")
				break
			}
		}
	}
}

// choiceWords are what choices mean to a viewer, in the order of the numbers that classic boards write.
var choiceWords = map[string][]string{
	"graphTooltip": {"off", "crosshair", "crosshair and tooltip"},
	"hide":         {"shown", "shown without its label", "hidden", "in the menu of controls"},
	"refresh":      {"never", "when the board opens", "when the time range changes"},
	"sort": {
		"as they come", "by letter", "by letter, descending", "by number", "by number, descending", "by letter, in any case",
		"by letter, in any case, descending", "naturally", "naturally, descending",
	},
}

// choice returns what shows the choice at a path in words; one that is not known is shown as it is.
func choice(path string) func(*part) string {
	return func(p *part) string {
		text := p.get(path).text
		at, err := strconv.Atoi(text)
		switch {
		case text == "":
			at = 0
		case err != nil || at < 0 || at >= len(choiceWords[path]):
			return text
		}
		return choiceWords[path][at]
	}
}

// chosen writes what is chosen of a variable, and the value behind it where that is another one.
func chosen(p *part) string {
	text, value := p.get("current.text").text, p.get("current.value").text
	if text == value || value == "$__all" || value == "" {
		return text
	}
	return text + " (" + value + ")"
}

// renames are the variables that have another name now.
type renames struct {
	all    []rename
	bounds *bounds
}

type rename struct {
	old, new string
	used     *regexp.Regexp // where a text uses the old name
}

func renamesOf(variables *matching, b *bounds) renames {
	all := renames{bounds: b}
	for _, p := range variables.pairs {
		if p.old.name != p.new.name {
			used := regexp.MustCompile(`(\$\{?|\[\[|var-)` + regexp.QuoteMeta(p.old.name) + `\b`)
			all.all = append(all.all, rename{p.old.name, p.new.name, used})
		}
	}
	return all
}

// same reports whether a difference is only that a renamed variable is used by its new name.
func (all renames) same(one difference) bool {
	text := one.old.text
	for _, r := range all.all {
		if !strings.Contains(text, r.old) {
			continue
		}
		if !all.bounds.spend(10 + len(text)/2) {
			return false
		}
		if one.path == "repeat" && text == r.old {
			text = r.new
		}
		text = r.used.ReplaceAllString(text, "${1}"+strings.ReplaceAll(r.new, "$", "$$"))
	}
	return text == one.new.text && text != one.old.text
}
