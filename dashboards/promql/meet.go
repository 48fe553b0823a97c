package promql

import (
	"fmt"
	"slices"

	"gaugewright/dashboards/metric"
)

// clause is what stands between op and its right side, and the labels of the result. It is an error where the two sides
// could never meet.
func (m matching) clause(op string, e, o Expr) (clause string, labels labelSet, err string) {
	if err := m.operands(op, e, o); err != "" {
		return "", nil, err
	}
	if m.explicit {
		clause, labels, err = m.written(op, e, o)
	} else {
		clause, err = derived(op, e, o)
		labels = e.labels
		if e.scalar {
			labels = o.labels
		}
	}
	if m.bool {
		clause = " bool" + clause
	}
	return clause, labels, err
}

// operands refuses what Prometheus's parser does for the types of the two sides.
func (m matching) operands(op string, e, o Expr) (err string) {
	switch {
	case !e.scalar && !o.scalar:
		return ""
	case setOperator(op):
		return fmt.Sprintf("%s is of two sides with series: `%s` and `%s`", op, e, o)
	case m.explicit:
		return fmt.Sprintf("%s (%s) is for two sides with series: `%s` and `%s`", m.word, join(m.labels), e, o)
	case e.scalar && o.scalar && !m.bool && slices.Contains(comparisons, op):
		return fmt.Sprintf("%s of two numbers has no series to keep: use Bool()", op)
	}
	return ""
}

var comparisons = []string{"==", "!=", ">", ">=", "<", "<="}

func setOperator(op string) bool { return op == "and" || op == "unless" || op == "or" }

// derived is the clause with which two sides meet by their labels. Arithmetic needs none where the labels are the same, and
// meets by the fewer labels otherwise. And and unless always name the labels: a target may have more than the catalogue
// knows, and a guard that silently meets nothing would silence an alert.
func derived(op string, e, o Expr) (clause, err string) {
	filters := op == "and" || op == "unless"
	same := e.labels.equal(o.labels)
	switch {
	case e.scalar || o.scalar || same && !filters || same && len(o.labels) == 0:
		return "", ""
	case len(o.labels) > 0 && o.labels.within(e.labels) && op != "or":
		clause = " on (" + join(o.labels) + ")"
		if !filters {
			clause += " group_left ()"
		}
		return clause, ""
	}
	return "", fmt.Sprintf("the two sides of %s share too few labels to meet: `%s` has %s, `%s` has %s: "+
		"aggregate one of them, or say with On or Ignoring by which they meet",
		op, e, e.labels, o, o.labels)
}

// written is the clause that On or Ignoring asks for.
func (m matching) written(op string, e, o Expr) (clause string, labels labelSet, err string) {
	if err := m.check(op, e, o); err != "" {
		return "", nil, err
	}
	clause = " " + m.word + " (" + join(m.labels) + ")"
	many, one := e, o
	if m.group == "group_right" {
		many, one = o, e
	}
	switch {
	case m.group != "":
		if missing := lacking(one, m.include); missing != "" {
			return "", nil, fmt.Sprintf("%s (%s): `%s` has %s", m.group, missing, one, one.labels)
		}
		clause += " " + m.group + " (" + join(m.include) + ")"
		labels = many.labels.with(m.include...)
	case op == "or":
		labels = e.labels.with(o.labels...)
	case setOperator(op):
		labels = e.labels
	case m.word == "on":
		labels = labelSet(nil).with(m.labels...)
	default:
		labels = e.labels.without(m.labels...)
	}
	return clause, labels, ""
}

// check holds the labels of On, Ignoring and the group against those of the two sides.
func (m matching) check(op string, e, o Expr) (err string) {
	if m.group != "" && setOperator(op) {
		return fmt.Sprintf("%s takes no %s", op, m.group)
	}
	for _, label := range m.labels {
		inLeft, inRight := e.labels.has(label), o.labels.has(label)
		if m.word == "on" && !(inLeft && inRight) || !inLeft && !inRight {
			return fmt.Sprintf("%s (%s): `%s` has %s, `%s` has %s", m.word, label, e, e.labels, o, o.labels)
		}
		if m.word == "on" && slices.Contains(m.include, label) {
			return fmt.Sprintf("%s (%s): the label is the same on both sides already", m.group, label)
		}
	}
	if m.word == "ignoring" && op != "or" && !e.labels.without(m.labels...).equal(o.labels.without(m.labels...)) {
		return fmt.Sprintf("the two sides of %s never meet ignoring (%s): `%s` has %s, `%s` has %s",
			op, join(m.labels), e, e.labels, o, o.labels)
	}
	return ""
}

// lacking is the first of the labels that an expression does not have, or nothing.
func lacking(e Expr, labels []metric.Label) metric.Label {
	for _, label := range labels {
		if !e.labels.has(label) {
			return label
		}
	}
	return ""
}
