package diff

import (
	"cmp"
	"fmt"
	"slices"

	"gaugewright/internal/grafana"
)

// documentPart makes the parts of a file that is no board: the groups and rules of Prometheus or Grafana, wherever they stand,
// and everything else as it is written.
func documentPart(file string, number int, n *grafana.Node, s *space) *part {
	w := &walker{owners: map[*grafana.Node]owner{}, space: s}
	top := &part{kind: aDocument, name: documentName(n), node: n}
	top.id = top.name
	if top.name == "" {
		top.name = file
		if number > 0 {
			top.name = fmt.Sprintf("%s, document %d", file, number+1)
		}
		top.id = top.name
	}
	for _, groups := range []*grafana.Node{n.At("groups"), n.At("spec", "groups")} {
		for _, group := range groups.List() {
			w.group(top, group)
		}
	}
	w.owners[n] = owner{part: top}
	w.walk(n, owner{}, "")
	top.leaves = slices.DeleteFunc(top.leaves, isBoardText) // told as a board
	top.sort()
	return top
}

// documentName names an object of Kubernetes.
func documentName(n *grafana.Node) string {
	kind, name := n.At("kind").Text(), n.At("metadata", "name").Text()
	if kind == "" || name == "" {
		return ""
	}
	if namespace := n.At("metadata", "namespace").Text(); namespace != "" {
		name = namespace + "/" + name
	}
	return kind + " " + name
}

func (w *walker) group(top *part, n *grafana.Node) {
	if !n.At("rules").IsList() {
		return
	}
	group := w.own(top, aGroup, n.At("name").Text(), n, nil)
	for _, rule := range n.At("rules").List() {
		if !rule.IsObject() {
			continue
		}
		name := cmp.Or(rule.At("alert").Text()+rule.At("record").Text(), rule.At("title").Text()) // Grafana's own have a title
		p := w.own(group, aRule, name, rule, nil)
		p.id, p.expr = rule.At("uid").Text(), rule.At("expr").Text()
		w.ruleQueries(p)
	}
}
