package view

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
)

// Mismatch is an override that changes nothing, and why.
type Mismatch struct {
	Override grafana.Override
	Reason   string
}

// Configure gives the fields the panel's display names as Grafana does: first those of the defaults, then each override
// in turn, which finds fields by the names that they have by then. It returns the overrides that find no field. put
// puts variables into a display name.
func (f *Fields) Configure(defaults grafana.Field, overrides []grafana.Override, put func(string) string) []Mismatch {
	for i := range f.list {
		if defaults.DisplayName != "" && !f.list[i].renamed {
			f.list[i].display(put(defaults.DisplayName))
		}
	}
	if len(f.list)*len(overrides) > maxPairs {
		f.doubt("%d overrides of %d fields: more than %d pairs, the limit", len(overrides), len(f.list), maxPairs)
		return nil
	}
	var all []Mismatch
	for _, o := range overrides {
		reason := f.unmatched(o, put)
		if labels := f.couldMatch(o, put); reason != "" && labels != "" {
			f.notYet(o.String(), reason, labels)
		} else if reason != "" {
			all = append(all, Mismatch{o, reason})
		}
		for _, property := range o.Properties {
			if property.ID == "displayName" && property.Value.Text() != "" {
				f.rename(o, put(property.Value.Text()), put)
			}
		}
	}
	return all
}

var fieldTemplate = regexp.MustCompile(`\$\{__[^}]*\}|\$__[\w.]+`)

// display gives the field a shown name. ${__field.labels.x} and ${__field.name} are put in; what else Grafana puts in
// is open. Where a field has no such label, the reference may stay or vanish.
func (c *field) display(name string) {
	isOpen := false
	fill := func(without func(string) string) string {
		return fieldTemplate.ReplaceAllStringFunc(name, func(part string) string {
			inner := strings.Trim(part, "${}")
			label, isLabel := strings.CutPrefix(inner, "__field.labels")
			value, ok := c.labels[strings.Trim(label, `.["']`)]
			switch {
			case isLabel && ok:
				return value
			case isLabel && c.legend == "" && label != "" && label != ".__values": // these are of all labels
				return without(part)
			case inner == "__field.name" && c.labels == nil && c.legend == "":
				return c.name
			}
			isOpen = true
			return "{{" + inner + "}}"
		})
	}
	kept := fill(func(part string) string { return part })
	gone := fill(func(string) string { return "" })
	if c.legend, c.shown = "", slices.Compact([]string{kept, gone}); isOpen {
		c.legend, c.shown = kept, nil
	}
}

// rename gives the fields that an override finds a shown name. Where it is not certain that it finds one, the field
// keeps its names as further possible ones.
func (f *Fields) rename(o grafana.Override, name string, put func(string) string) {
	f.open = f.open || o.Matcher == "byName" && f.hasNumbered(o.Options.Text())
	found := finder(o, put)
	for i := range f.list {
		c := &f.list[i]
		may, certainly := found(*c)
		if !may {
			continue
		}
		isByName := !certainly || o.Matcher == "byName" || o.Matcher == "byRegexp"
		if c.later != "" && c.legend != "" && isByName {
			f.alsoShown(*c, func(c *field) { c.display(name) })
			continue
		}
		old, wasOpen := slices.Clone(c.shown), c.legend != ""
		c.display(name)
		if !certainly || wasOpen || len(old) > 1 {
			c.shown = append(c.shown, old...)
			if wasOpen && c.later == "" {
				f.opened("an override with a display name")
			}
		}
	}
}

// finder returns found for one override, whose regex it compiles once.
func finder(o grafana.Override, put func(string) string) func(field) (may, certainly bool) {
	var regex *pattern // nil for one that cannot be run
	if o.Matcher == "byRegexp" {
		regex, _ = javaScript(o.Options.Text())
	}
	return func(c field) (bool, bool) { return c.found(o, regex, put) }
}

// found reports whether an override may find the field, and whether that answer is certain.
func (c field) found(o grafana.Override, regex *pattern, put func(string) string) (may, certainly bool) {
	switch text := o.Options.Text(); o.Matcher {
	case "byName":
		found := c.called(text) || c.called(put(text))
		return found, found
	case "byRegexp":
		if regex == nil {
			return true, false
		}
		found, err := c.shows(regex)
		return found || err != nil, err == nil
	case "byType", "numeric", "time", "firstTimeField":
		kind := kindOf(o)
		return c.kind == "" || c.kind == kind, c.kind != ""
	case "byTypes":
		return c.kind == "" || slices.Contains(o.Options.Texts(), c.kind), c.kind != ""
	}
	return true, false
}

// kindOf returns the type of the fields that a matcher by type finds.
func kindOf(o grafana.Override) string {
	switch o.Matcher {
	case "numeric":
		return "number"
	case "time", "firstTimeField":
		return "time"
	}
	return o.Options.Text()
}

// unmatched returns why an override changes nothing. It is empty where the override finds a field or may find one.
func (f *Fields) unmatched(o grafana.Override, put func(string) string) string {
	has := func(name string) bool { return f.has(name) || f.has(put(name)) }
	switch o.Matcher {
	case "byName":
		if !has(o.Options.Text()) {
			return "no field has that name"
		}
	case "byNames":
		names := o.Options.At("names").Texts()
		if o.Options.At("mode").Text() == "exclude" || slices.ContainsFunc(names, has) {
			return ""
		}
		return "no field has one of these names"
	case "byRegexp", "byRegexpOrNames":
		return f.unmatchedPattern(o, has, put)
	case "byFrameRefID":
		if ref := o.Options.Text(); !f.refs[ref] && !f.isMade(ref) {
			return "the panel has no such query"
		}
	case "byType", "numeric", "time", "firstTimeField":
		if !f.hasKind(kindOf(o)) {
			return "no field is of that type"
		}
	case "byTypes":
		if kinds := o.Options.Texts(); kinds == nil || !slices.ContainsFunc(kinds, f.hasKind) {
			return "no field is of one of these types"
		}
	case "first":
		if len(f.list) == 0 && !f.mayHave() {
			return "there is no field"
		}
	case "byValue":
		f.doubts = append(f.doubts, "byValue: not judged: which values the fields have")
	default:
		f.doubts = append(f.doubts, fmt.Sprintf("%s: not judged: what the matcher %q finds is not known here", o, o.Matcher))
	}
	return ""
}

// couldMatch returns which labels could, with another value, make a field that the override finds.
func (f *Fields) couldMatch(o grafana.Override, put func(string) string) string {
	names := append(o.Options.At("names").Texts(), o.Options.Text())
	text := o.Options.Text()
	switch o.Matcher {
	case "byRegexp", "byRegexpOrNames":
		if o.Options.IsObject() {
			text = o.Options.At("pattern").Text()
		}
		if regex, err := javaScript(text); err == nil && text != "" {
			return f.couldShow(regex)
		}
		return ""
	case "byName", "byNames":
		for _, name := range names {
			if labels := cmp.Or(f.couldHave(name), f.couldHave(put(name))); name != "" && labels != "" {
				return labels
			}
		}
	}
	return ""
}

// isMade reports whether a transformation may have given its result the name: its own, or one like merge-A-B.
func (f *Fields) isMade(ref string) bool {
	id, _, _ := strings.Cut(ref, "-")
	return f.made[ref] || f.made[id+"-"]
}

// unmatchedPattern is unmatched for an override that finds fields by a regex.
func (f *Fields) unmatchedPattern(o grafana.Override, has func(string) bool, put func(string) string) string {
	text := o.Options.Text()
	if o.Options.IsObject() {
		text = o.Options.At("pattern").Text()
		if slices.ContainsFunc(o.Options.At("names").Texts(), has) {
			return ""
		}
	}
	found := false
	regex, err := javaScript(text)
	if err == nil {
		found, err = f.hasMatch(regex)
	}
	if with := put(text); err == nil && !found && with != text { // a variable that may be put in, or not
		return ""
	}
	if isRefused(err) {
		return err.Error()
	}
	if err != nil {
		f.doubts = append(f.doubts, fmt.Sprintf("%s: not judged: %v", o, err))
		return ""
	}
	if found {
		return ""
	}
	return "no field has a name that matches"
}
