package view

import (
	"fmt"
	"slices"

	"gaugewright/internal/grafana"
)

// organize renames and hides fields. A hidden field may be missing: editors never remove it from the list. A renamed
// field is meant to be seen, so it must exist. It keeps its own name; another one is shown.
func (f *Fields) organize(options *grafana.Node) []string {
	excluded, renamed := options.At("excludeByName"), options.At("renameByName")
	var problems []string
	for _, name := range keys(renamed) {
		if to := renamed.At(name).Text(); to != "" && to != name && !excluded.At(name).Bool() {
			problems = append(problems, f.unknown(name)...)
		}
	}
	f.list = slices.DeleteFunc(f.list, func(c field) bool {
		return slices.ContainsFunc(keys(excluded), func(name string) bool {
			return excluded.At(name).Bool() && len(c.shown) == 1 && c.shown[0] == name
		})
	})
	f.renameAll(renamed)
	return problems
}

// renameAll gives fields other names, each once. Fields that share a name are told apart by numbers, which are counted
// by their own names: where one of them is renamed, the others keep theirs.
func (f *Fields) renameAll(renamed *grafana.Node) {
	var more []field
	for _, name := range keys(renamed) {
		to := renamed.At(name).Text()
		isOwn := slices.ContainsFunc(f.list, func(c field) bool { return slices.Contains(c.shown, name) && !c.isJoined(name) })
		if base, _ := numberedName(name); to != "" && !isOwn && f.has(name) && base != name {
			more = append(more, field{name: base, shown: []string{to}, renamed: true})
		}
	}
	for i := range f.list {
		more = append(more, f.renameOne(&f.list[i], renamed)...)
	}
	f.list = append(f.list, more...)
}

// renameOne gives a field another name. It returns the further fields that this makes possible.
func (f *Fields) renameOne(c *field, renamed *grafana.Node) (more []field) {
	for _, name := range keys(renamed) {
		to := renamed.At(name).Text()
		isShown := slices.Contains(c.shown, name)
		switch {
		case to == "":
		case isShown && c.isJoined(name):
			c.shown = slices.DeleteFunc(slices.Clone(c.shown), func(shown string) bool { return shown == name })
		case isShown:
			c.shown, c.renamed = []string{to}, true
			return more
		case c.later != "" && c.makes(name):
			more = append(more, field{name: c.name, kind: c.kind, shown: []string{to}, later: c.later, renamed: true})
		case c.later == "" && c.legend != "" && c.called(name):
			f.opened("organize")
		}
	}
	return more
}

// isJoined reports whether the field is one of several that a join puts side by side, and the name has its number.
func (c field) isJoined(name string) bool {
	base, number := numberedName(name)
	return number > 0 && slices.Contains(c.shown, base)
}

func (f *Fields) renameByRegex(options *grafana.Node) []string {
	text := options.At("regex").Text()
	if text == "" {
		f.opened("renameByRegex")
		return nil
	}
	regex, err := javaScript(text)
	found, isLater := false, ""
	if err == nil {
		isLater = f.couldShow(regex)
		found, err = f.hasMatch(regex)
	}
	for i := range f.list {
		c := &f.list[i]
		switch {
		case c.legend != "" && c.later != "":
			c.legend = "__auto" // any name is possible
		case c.legend != "":
			f.opened("renameByRegex")
		}
		for j := range c.shown {
			if err != nil {
				break
			}
			was := c.shown[j]
			c.shown[j], err = regex.replace(was, options.At("renamePattern").Text())
			c.renamed = c.renamed || c.shown[j] != was
		}
	}
	switch {
	case err != nil:
		f.doubt("renameByRegex: %v", err)
	case !found && isLater != "":
		f.notYet("renameByRegex", "no field has a name that matches "+text, isLater)
	case !found:
		return []string{fmt.Sprintf("no field has a name that matches %s", text)}
	}
	return nil
}
