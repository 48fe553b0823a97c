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

func (r reader) variables() []Variable {
	var list []Variable
	for _, n := range r.board.At("templating", "list").List() {
		if n.At("name").Text() == "" {
			continue
		}
		v := Variable{
			Name:       n.At("name").Text(),
			Type:       n.At("type").Text(),
			Query:      queryText(n),
			Regex:      n.At("regex").Text(),
			Sort:       n.At("sort").Int(),
			Hide:       n.At("hide").Int(),
			Multi:      n.At("multi").Bool(),
			IncludeAll: n.At("includeAll").Bool(),
			AllValue:   n.At("allValue").Text(),
			Current:    n.At("current", "value").Texts(),
			Auto:       n.At("auto").Bool(),
			AutoMin:    n.At("auto_min").Text(),
			AutoCount:  n.At("auto_count").Int(),
		}
		if v.Type == "" || v.Type == "query" {
			v.Type = "query"
			v.Skip = r.skip(n, Node{}, v.Query)
		}
		list = append(list, v)
	}
	return list
}

// queryText returns the query of a variable: a text, an object around a text, or the fields of Grafana's form.
func queryText(n Node) string {
	query := n.At("query")
	if query.Object() == nil {
		return query.Text()
	}
	if text := query.At("query").Text(); text != "" {
		return text
	}
	if text := query.At("expr").Text(); text != "" {
		return text
	}
	if text := n.At("definition").Text(); text != "" {
		return text
	}
	return formText(query)
}

// formText returns the query for a form that was saved without one. The numbers are PromVariableQueryType in
// Grafana's packages/grafana-prometheus/src/types.ts.
func formText(form Node) string {
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

func filters(list Node) string {
	var pairs []string
	for _, n := range list.List() {
		pairs = append(pairs, fmt.Sprintf("%s%s%q", n.At("label").Text(), n.At("op").Text(), n.At("value").Text()))
	}
	if pairs == nil {
		return ""
	}
	return "{" + strings.Join(pairs, ",") + "}"
}
