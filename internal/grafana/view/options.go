package view

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/dlclark/regexp2"

	"gaugewright/internal/grafana"
)

// all is the value that stands for All.
const all = "$__all"

// custom returns the options of a list: a, b, text : value. A comma after a backslash is part of a value.
func custom(list string) []option {
	const comma = "\x00"
	var options []option
	for _, entry := range strings.Split(strings.ReplaceAll(list, `\,`, comma), ",") {
		entry = strings.TrimSpace(strings.ReplaceAll(entry, comma, ","))
		if entry == "" {
			continue
		}
		text, value := entry, entry
		if at := strings.LastIndex(entry, " : "); at >= 0 {
			text, value = entry[:at], entry[at+3:]
		}
		options = append(options, option{text: strings.TrimSpace(text), value: strings.TrimSpace(value)})
	}
	return options
}

// errNoObject says that Grafana refuses a list, or takes it only in some versions.
var errNoObject = errors.New("its list has a value that is not an object with text and value")

// fromJSON returns the options of a list in JSON: texts, or objects with text, value and further properties.
func fromJSON(list string) ([]option, error) {
	if list == "" {
		return nil, nil
	}
	n, err := grafana.ParseJSON(list)
	if err != nil {
		return nil, fmt.Errorf("its list is not JSON: %w", err)
	}
	if !n.IsList() {
		return nil, errors.New("its JSON is not a list: write [{\"text\": ..., \"value\": ...}, ...]")
	}
	var options []option
	for _, element := range n.List() {
		switch element.Kind() {
		case grafana.Object:
			options = append(options, fromObject(element))
		case grafana.String:
			options = append(options, plain([]string{strings.TrimSpace(element.Text())})...)
		default:
			return nil, errNoObject
		}
	}
	return options, nil
}

func fromObject(n *grafana.Node) option {
	value := "undefined" // as JavaScript writes what is not there
	if n.At("value").Exists() {
		value = strings.TrimSpace(n.At("value").Text())
	}
	o := option{text: cmp.Or(strings.TrimSpace(n.At("text").Text()), value), value: value, properties: map[string]string{}}
	o.take("", n)
	return o
}

// take adds the properties of an object, those of objects within it as a.b.
func (o option) take(path string, n *grafana.Node) {
	for _, m := range n.Members() {
		if m.Value.IsObject() {
			o.take(path+m.Name+".", m.Value)
		} else {
			o.properties[path+m.Name] = m.Value.Text()
		}
	}
}

// auto is the value of an interval variable that adapts to the range. Grafana appends the variable's name to it.
const auto = "$__auto"

// intervals returns the durations that an interval variable offers.
func (r *resolver) intervals(v grafana.Variable) []option {
	options := custom(v.Query)
	isAuto := slices.ContainsFunc(v.Current, func(value string) bool {
		return value == auto || strings.HasPrefix(value, "$__auto_interval")
	})
	if !v.Auto || !isAuto && len(v.Current) > 0 {
		return options
	}
	least, _ := Duration(v.AutoMin)
	step := Step(r.times.To.Sub(r.times.From), max(1, v.AutoCount), least)
	return append([]option{{text: "auto", value: strconv.FormatInt(step.Milliseconds(), 10) + "ms"}}, options...)
}

// filter keeps the values that a variable's regex matches. Of each it takes the groups text and value, or the first
// group. Every value is kept once.
// https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#filter-variables-with-regex
func filter(texts []string, text string) ([]option, error) {
	if text == "" {
		return unique(plain(texts)), nil
	}
	regex, err := javaScript(text)
	if err != nil {
		return nil, err
	}
	var options []option
	for _, text := range texts {
		found, err := regex.find(text)
		if err != nil {
			return nil, err
		}
		options = append(options, regex.captured(text, found)...)
	}
	return unique(options), nil
}

// unique keeps the first option of each value.
func unique(options []option) []option {
	seen := map[string]bool{}
	return slices.DeleteFunc(options, func(o option) bool {
		was := seen[o.value]
		seen[o.value] = true
		return was
	})
}

// captured returns what the matches of a regex take of a text.
func (p *pattern) captured(text string, found []*regexp2.Match) []option {
	if len(found) == 0 {
		return nil
	}
	group := func(name string) string {
		for _, m := range found {
			if part := p.group(m, name); part != "" {
				return part
			}
		}
		return ""
	}
	label, value := group("text"), group("value")
	switch {
	case label != "" || value != "":
		return []option{{text: cmp.Or(label, value), value: cmp.Or(value, label)}}
	case found[0].GroupCount() == 1:
		return plain([]string{text})
	}
	var options []option
	for _, m := range found {
		options = append(options, plain([]string{m.GroupByNumber(1).String()})...)
	}
	return options
}

// sortOptions sorts by the rule of Variable.Sort.
func sortOptions(options []option, order int) {
	if order < 1 || order > 8 {
		return
	}
	compare := [](func(a, b string) int){
		strings.Compare,
		func(a, b string) int { return cmp.Compare(number(a), number(b)) },
		func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) },
		natural,
	}[(order-1)/2]
	slices.SortStableFunc(options, func(a, b option) int {
		if order%2 == 0 {
			a, b = b, a
		}
		return compare(a.text, b.text)
	})
}

var digits = regexp.MustCompile(`\d+`)

// number returns the first number in a text, or -1.
func number(text string) int {
	n, err := strconv.Atoi(digits.FindString(text))
	if err != nil {
		return -1
	}
	return n
}

// natural compares texts by the numbers in them: node2 before node10.
func natural(a, b string) int {
	for {
		i, j := digits.FindStringIndex(a), digits.FindStringIndex(b)
		if i == nil || j == nil {
			return strings.Compare(a, b)
		}
		order := cmp.Or(strings.Compare(a[:i[0]], b[:j[0]]), cmp.Compare(number(a), number(b)))
		if order != 0 {
			return order
		}
		a, b = a[i[1]:], b[j[1]:]
	}
}
