package grafana

import (
	"fmt"
	"slices"
	"strings"
)

// Variable is a variable of a board.
type Variable struct {
	Name, Label, Description string
	Type                     string // query, custom, constant, interval, textbox, datasource, adhoc, groupby, switch, ...
	Query                    string // the query label_values(up, job), the list of a custom variable, the text of a constant
	Source                   Source // of a query, adhoc or groupby variable
	Regex                    string // of a query variable: which values it takes, and which part of them
	RegexOnText              bool   // the regex is for the values' texts
	Sort                     int    // of a query variable: 0 unsorted, 1 and 2 by letter, 3 and 4 by number, 5 to 8 without case, natural
	Hide                     int    // 0 shown, 1 without its label, 2 hidden, 3 in the menu
	Refresh                  int    // of a query variable: 0 never, 1 on load, 2 when the range changes

	Multi, IncludeAll bool
	AllValue          string   // put in unchanged where All is chosen
	Current           []string // what was chosen when the board was saved; $__all is All
	CurrentText       []string // how that is shown
	Options           []Option // that were saved
	Static            []Option // of a query variable: offered beside what the query finds
	JSON              bool     // of a custom variable: the list is JSON, and its options have properties

	Auto      bool   // of an interval variable: it also offers a step that fits the range
	AutoMin   string // the smallest such step
	AutoCount int    // how many such steps the range has

	Skip string // why its query is not one for Prometheus; empty where it is one

	Section *Section // the row or tab that has the variable; nil for the board
	Node    *Node    // the variable
	Spec    *Node    // what has its name
}

// Option is a value that a variable offers.
type Option struct {
	Text, Value string
	Properties  map[string]string // for ${variable.property}
}

// variables reads a list of variables, of the board or of a section.
func (r *reader) variables(list *Node, section *Section) {
	for _, n := range r.counts.atMost("variables", maxParts, list.List()) {
		spec := n
		if r.v2 {
			spec = n.At("spec")
		}
		if spec.At("name").Text() != "" {
			v := r.variable(n, spec)
			v.Section = section
			r.known = append(r.known, v)
		}
	}
}

func (r *reader) variable(n, spec *Node) Variable {
	v := Variable{
		Name:        spec.At("name").Text(),
		Label:       r.text(spec.At("label")),
		Description: r.text(spec.At("description")),
		Type:        n.At("type").Text(),
		Query:       r.queryText(spec),
		Source:      r.source(spec),
		Regex:       r.text(spec.At("regex")),
		RegexOnText: spec.At("regexApplyTo").Text() == "text",
		Sort:        choice(spec.At("sort"), sorts),
		Hide:        choice(spec.At("hide"), hides),
		Refresh:     choice(spec.At("refresh"), refreshes),
		Multi:       spec.At("multi").Bool(),
		IncludeAll:  spec.At("includeAll").Bool(),
		AllValue:    r.text(spec.At("allValue")),
		Current:     r.texts(spec.At("current", "value")),
		CurrentText: r.texts(spec.At("current", "text")),
		Options:     r.options(spec.At("options")),
		Static:      r.options(spec.At("staticOptions")),
		JSON:        spec.At("valuesFormat").Text() == "json",
		Node:        n,
		Spec:        spec,
	}
	if r.v2 {
		r.v2Variable(&v)
	}
	switch v.Type {
	case "", "query":
		v.Type = "query"
		v.Skip = r.skip(v.Source, Source{}, v.Query)
	case "interval":
		v.Auto, v.AutoMin, v.AutoCount = spec.At("auto").Bool(), spec.At("auto_min").Text(), spec.At("auto_count").Int()
	}
	return v
}

var kinds = map[string]string{"TextVariable": "textbox", "GroupByVariable": "groupby"}

// v2Variable takes what v2 has in another place.
func (r *reader) v2Variable(v *Variable) {
	kind := v.Node.At("kind").Text()
	if v.Type = kinds[kind]; v.Type == "" {
		v.Type = strings.ToLower(strings.TrimSuffix(kind, "Variable"))
	}
	switch v.Type {
	case "datasource":
		v.Query = v.Spec.At("pluginId").Text()
	case "switch":
		v.Current = v.Spec.At("current").Texts()
	case "adhoc", "groupby":
		if v.Node.At("datasource").Exists() || v.Node.At("group").Exists() {
			v.Source = r.source(v.Node)
		}
	}
}

func (r *reader) options(list *Node) []Option {
	var all []Option
	for _, n := range list.List() {
		o := Option{Text: r.text(n.At("text")), Value: r.text(n.At("value"))}
		for _, m := range n.At("properties").Members() {
			if o.Properties == nil {
				o.Properties = map[string]string{}
			}
			o.Properties[m.Name] = m.Value.Text()
		}
		all = append(all, o)
	}
	return all
}

// The names that v2 has for the numbers of classic boards.
var (
	sorts = []string{
		"disabled", "alphabeticalAsc", "alphabeticalDesc", "numericalAsc", "numericalDesc",
		"alphabeticalCaseInsensitiveAsc", "alphabeticalCaseInsensitiveDesc", "naturalAsc", "naturalDesc",
	}
	hides     = []string{"dontHide", "hideLabel", "hideVariable", "inControlsMenu"}
	refreshes = []string{"never", "onDashboardLoad", "onTimeRangeChanged"}
)

func choice(n *Node, names []string) int {
	if i := slices.Index(names, n.Text()); i >= 0 {
		return i
	}
	return n.Int()
}

// queryText returns the query of a variable: a text, an object around a text, or the fields of Grafana's form.
func (r *reader) queryText(n *Node) string {
	query := n.At("query")
	if !query.IsObject() {
		return r.text(query)
	}
	if spec := query.At("spec"); r.v2 && spec.IsObject() {
		query = spec
	}
	for _, text := range []*Node{query.At("query"), query.At("expr"), query.At("__legacyStringValue"), n.At("definition")} {
		if text.Text() != "" {
			return r.text(text)
		}
	}
	if r.v2 && len(query.members) == 0 {
		return ""
	}
	return formText(query)
}

// formText returns the query for a form that was saved without one. The numbers are PromVariableQueryType in
// Grafana's packages/grafana-prometheus/src/types.ts.
func formText(form *Node) string {
	switch form.At("qryType").Int() {
	case 0:
		return "label_names()"
	case 1:
		selector := form.At("metric").Text() + filters(form.At("labelFilters"))
		if selector == "" {
			return fmt.Sprintf("label_values(%s)", form.At("label").Text())
		}
		return fmt.Sprintf("label_values(%s, %s)", selector, form.At("label").Text())
	case 2:
		return fmt.Sprintf("metrics(%s)", form.At("metric").Text())
	case 3:
		return fmt.Sprintf("query_result(%s)", form.At("varQuery").Text())
	}
	return form.At("seriesQuery").Text()
}

func filters(list *Node) string {
	var pairs []string
	for _, n := range list.List() {
		pairs = append(pairs, fmt.Sprintf("%s%s%q", n.At("label").Text(), n.At("op").Text(), n.At("value").Text()))
	}
	if pairs == nil {
		return ""
	}
	return "{" + strings.Join(pairs, ",") + "}"
}
