package grafana

import (
	"fmt"
	"strings"
)

// Variable is a variable of a board.
type Variable struct {
	Name  string
	Type  string // query, custom, constant, interval, textbox, datasource, adhoc, ...
	Query string // the query label_values(up, job), the list of a custom variable, the text of a constant
	Regex string // of a query variable: which values it takes, and which part of them
	Sort  int    // of a query variable: 0 unsorted, 1 and 2 by letter, 3 and 4 by number, 5 to 8 without case, natural
	Hide  int    // 0 shown, 1 without its label, 2 hidden

	Multi, IncludeAll bool
	AllValue          string   // put in unchanged where All is chosen
	Current           []string // what was chosen when the board was saved; $__all is All

	Auto      bool   // of an interval variable: it also offers a step that fits the range
	AutoMin   string // the smallest such step
	AutoCount int    // how many such steps the range has

	Skip string // why its query is not one for Prometheus; empty where it is one
}

// all is the value that stands for All.
const all = "$__all"

func (r reader) variables() []Variable {
	var list []Variable
	for _, n := range r.board.at("templating", "list").list() {
		if n.at("name").text() == "" {
			continue
		}
		v := Variable{
			Name:       n.at("name").text(),
			Type:       n.at("type").text(),
			Query:      queryText(n),
			Regex:      n.at("regex").text(),
			Sort:       n.at("sort").int(),
			Hide:       n.at("hide").int(),
			Multi:      n.at("multi").bool(),
			IncludeAll: n.at("includeAll").bool(),
			AllValue:   n.at("allValue").text(),
			Current:    n.at("current", "value").texts(),
			Auto:       n.at("auto").bool(),
			AutoMin:    n.at("auto_min").text(),
			AutoCount:  n.at("auto_count").int(),
		}
		if v.Type == "" || v.Type == "query" {
			v.Type = "query"
			v.Skip = r.skip(n, node{}, v.Query)
		}
		list = append(list, v)
	}
	return list
}

// queryText returns the query of a variable: a text, an object around a text, or the fields of Grafana's form.
func queryText(n node) string {
	query := n.at("query")
	if query.object() == nil {
		return query.text()
	}
	if text := query.at("query").text(); text != "" {
		return text
	}
	if text := query.at("expr").text(); text != "" {
		return text
	}
	if text := n.at("definition").text(); text != "" {
		return text
	}
	return formText(query)
}

// formText returns the query for a form that was saved without one. The numbers are PromVariableQueryType in
// Grafana's packages/grafana-prometheus/src/types.ts.
func formText(form node) string {
	switch form.at("qryType").int() {
	case 0:
		return "label_names()"
	case 1:
		selector := form.at("metric").text() + filters(form.at("labelFilters"))
		if selector == "" {
			return fmt.Sprintf("label_values(%s)", form.at("label").text())
		}
		return fmt.Sprintf("label_values(%s, %s)", selector, form.at("label").text())
	case 2:
		return fmt.Sprintf("metrics(%s)", form.at("metric").text())
	case 3:
		return fmt.Sprintf("query_result(%s)", form.at("varQuery").text())
	}
	return form.at("seriesQuery").text()
}

func filters(list node) string {
	var pairs []string
	for _, n := range list.list() {
		pairs = append(pairs, fmt.Sprintf("%s%s%q", n.at("label").text(), n.at("op").text(), n.at("value").text()))
	}
	if pairs == nil {
		return ""
	}
	return "{" + strings.Join(pairs, ",") + "}"
}
