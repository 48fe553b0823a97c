package view

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

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
		text, value, isPair := strings.Cut(entry, " : ")
		if !isPair {
			text, value = entry, entry
		}
		options = append(options, option{strings.TrimSpace(text), strings.TrimSpace(value)})
	}
	return options
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
	return append([]option{{auto, strconv.FormatInt(step.Milliseconds(), 10) + "ms"}}, options...)
}

// filter keeps the values that a variable's regex matches. Of each it takes the groups text and value, or the first
// group. Every value is kept once.
// https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#filter-variables-with-regex
func filter(texts []string, pattern string) ([]option, error) {
	var options []option
	seen := map[string]bool{}
	add := func(o option) {
		if !seen[o.value] {
			seen[o.value] = true
			options = append(options, o)
		}
	}
	if pattern == "" {
		for _, text := range texts {
			add(option{text, text})
		}
		return options, nil
	}
	regex, global, err := javaScript(pattern)
	if err != nil {
		return nil, err
	}
	for _, text := range texts {
		matches := regex.FindAllStringSubmatch(text, -1)
		if !global && len(matches) > 1 {
			matches = matches[:1]
		}
		for _, o := range captured(regex, text, matches) {
			add(o)
		}
	}
	return options, nil
}

// captured returns what the matches of a regex take of a text.
func captured(regex *regexp.Regexp, text string, matches [][]string) []option {
	if len(matches) == 0 {
		return nil
	}
	group := func(name string) string {
		at := regex.SubexpIndex(name)
		for _, m := range matches {
			if at >= 0 && m[at] != "" {
				return m[at]
			}
		}
		return ""
	}
	label, value := group("text"), group("value")
	switch {
	case label != "" || value != "":
		return []option{{cmp.Or(label, value), cmp.Or(value, label)}}
	case regex.NumSubexp() == 0:
		return []option{{text, text}}
	}
	var options []option
	for _, m := range matches {
		options = append(options, option{m[1], m[1]})
	}
	return options
}

var delimited = regexp.MustCompile(`^/(.*)/([gimsuy]*)$`)

// javaScript compiles a pattern as Grafana does: /pattern/flags, or a bare pattern, which has to match the whole
// text. JavaScript's look-around does not exist in Go and is an error.
func javaScript(pattern string) (regex *regexp.Regexp, global bool, err error) {
	body, flags := "^"+pattern+"$", ""
	if m := delimited.FindStringSubmatch(pattern); m != nil {
		body, flags = m[1], m[2]
	}
	var own string
	for _, flag := range "ims" {
		if strings.ContainsRune(flags, flag) {
			own += string(flag)
		}
	}
	if own != "" {
		body = "(?" + own + ")" + body
	}
	regex, err = regexp.Compile(strings.ReplaceAll(body, `\/`, "/"))
	if err != nil {
		return nil, false, fmt.Errorf("it is valid only in a browser (%w)", err)
	}
	return regex, strings.Contains(flags, "g"), nil
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
