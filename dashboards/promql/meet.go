package promql

import (
	"fmt"
	"slices"

	"gaugewright/dashboards/metric"
)

// clause returns the text between op and its right side, and the labels of the result. Two sides that can never match
// are an error.
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

// operands refuses the types of sides that Prometheus's parser refuses.
func (m matching) operands(op string, e, o Expr) (err string) {
	switch {
	case !e.scalar && !o.scalar:
		return ""
	case setOperator(op):
		return fmt.Sprintf("%s needs series on both sides: `%s` and `%s`", op, e, o)
	case m.explicit:
		return fmt.Sprintf("%s (%s) needs series on both sides: `%s` and `%s`", m.word, join(m.labels), e, o)
	case e.scalar && o.scalar && !m.bool && slices.Contains(comparisons, op):
		return fmt.Sprintf("%s of two numbers has no series to keep: use Bool()", op)
	}
	return ""
}

var comparisons = []string{"==", "!=", ">", ">=", "<", "<="}

func setOperator(op string) bool { return op == "and" || op == "unless" || op == "or" }

// derived returns the clause by which two sides match from their labels. Arithmetic with equal labels needs none;
// otherwise it matches by the smaller set. And and unless always name the labels: a target may have more labels than
// the catalogue, and a guard that matches nothing would silence an alert.
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

// written returns the clause that On or Ignoring asks for.
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
		if missing := firstMissing(one, m.include); missing != "" {
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

// check compares the labels of On, Ignoring and the group with those of the two sides.
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

// firstMissing returns the first of the labels that an expression does not have, or an empty text.
func firstMissing(e Expr, labels []metric.Label) metric.Label {
	for _, label := range labels {
		if !e.labels.has(label) {
			return label
		}
	}
	return ""
}
