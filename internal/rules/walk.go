package rules

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"
)

// value is what a part of a template stands for, as far as reads of labels need it.
type value int

const (
	other     value = iota
	root            // what a template begins with; it has .Labels
	theLabels       // of the result
)

// scope is what the names at one place of a template stand for.
type scope struct {
	dot   value
	vars  map[string]value
	asked []string // labels that the template has asked for; they may be absent
	depth int      // of templates called from templates
}

// templateReader collects what templates read.
type templateReader struct {
	text    text
	set     []string // variables that are set again after their declaration: they can be anything
	trees   map[string]*parse.Tree
	labels  []TemplateRead
	queries []TemplateRead
	visited int
}

// maxVisited bounds how much of templates that call each other is followed: each call is visited with what is in it.
const maxVisited = 200_000

// walk visits everything below a node.
func (t *templateReader) walk(node parse.Node, s scope) {
	if t.visited++; t.visited > maxVisited {
		return
	}
	switch node := node.(type) {
	case *parse.ListNode:
		if node != nil {
			for _, below := range node.Nodes {
				t.walk(below, s)
			}
		}
	case *parse.ActionNode:
		t.pipe(node.Pipe, s)
	case *parse.IfNode:
		t.branch(&node.BranchNode, s)
	case *parse.WithNode:
		t.branch(&node.BranchNode, s)
	case *parse.RangeNode:
		t.branch(&node.BranchNode, s)
	case *parse.TemplateNode:
		t.call(node, s)
	}
}

// branch visits if, with and range. A variable that is declared in it ends with it.
func (t *templateReader) branch(node *parse.BranchNode, s scope) {
	s.vars = maps.Clone(s.vars)
	if node.NodeType != parse.NodeRange {
		s.asked = append(slices.Clone(s.asked), t.askedFor(node.Pipe, s)...)
	}
	inner := s
	passed := t.pipe(node.Pipe, s)
	switch node.NodeType {
	case parse.NodeWith:
		inner.dot = passed
	case parse.NodeRange:
		inner.dot = other
		for _, v := range node.Pipe.Decl {
			s.vars[v.Ident[0]] = other
		}
	}
	inner.vars = maps.Clone(s.vars)
	t.walk(node.List, inner)
	t.walk(node.ElseList, s)
}

// deepestCall bounds how far templates that call themselves are followed.
const deepestCall = 5

// call visits a template that the text defines, as it is called.
func (t *templateReader) call(node *parse.TemplateNode, s scope) {
	passed := other
	if node.Pipe != nil {
		passed = t.pipe(node.Pipe, s)
	}
	if tree := t.trees[node.Name]; tree != nil && s.depth < deepestCall {
		t.walk(tree.Root, scope{passed, map[string]value{"$": passed}, s.asked, s.depth + 1})
	}
}

// pipe visits a pipeline, and returns what it stands for. It sets the variables that it declares.
func (t *templateReader) pipe(node *parse.PipeNode, s scope) value {
	if node == nil {
		return other
	}
	result := other
	var before parse.Node // what the next command gets, if that is a constant or a text with a constant format
	for i, command := range node.Cmds {
		t.query(node, command, before)
		v := t.command(command, before, s)
		result, before = other, nil
		if len(command.Args) == 1 && i == 0 {
			result, before = v, command.Args[0]
		} else if i == 0 {
			before = &parse.PipeNode{NodeType: parse.NodePipe, Pos: node.Pos, Cmds: node.Cmds[:1]}
		}
	}
	for _, v := range node.Decl {
		s.vars[v.Ident[0]] = result
	}
	return result
}

// command visits a command with what it gets from the one before, and returns what its first argument stands for.
func (t *templateReader) command(node *parse.CommandNode, before parse.Node, s scope) value {
	args := node.Args
	if before != nil {
		args = append(slices.Clone(args), before)
	}
	if name, ok := args[0].(*parse.IdentifierNode); ok {
		if asks(name.Ident) {
			s.asked = append(slices.Clone(s.asked), t.named(args[1:], s)...)
		}
		if label, ok := t.indexed(args, s); ok {
			t.reads(node, label, s)
		}
	}
	first := other
	for i, arg := range node.Args {
		v, label := t.operand(arg, s)
		if label != "" {
			t.reads(arg, label, s)
		}
		if i == 0 {
			first = v
		}
	}
	return first
}

// asks reports whether a function only asks whether its arguments are there, or chooses among them.
func asks(function string) bool { return function == "or" || function == "and" || function == "not" }

// askedFor returns the labels that a condition asks for.
func (t *templateReader) askedFor(node *parse.PipeNode, s scope) []string {
	if node == nil || len(node.Cmds) == 0 {
		return nil
	}
	args := node.Cmds[0].Args
	if name, ok := args[0].(*parse.IdentifierNode); ok {
		if label, ok := t.indexed(args, s); ok {
			return []string{label}
		}
		if asks(name.Ident) {
			return t.named(args[1:], s)
		}
	}
	if len(args) > 1 {
		return nil
	}
	return t.named(args, s)
}

// named returns the labels that some operands are.
func (t *templateReader) named(operands []parse.Node, s scope) []string {
	var all []string
	quiet := templateReader{text: t.text, set: t.set}
	for _, one := range operands {
		if pipe, ok := one.(*parse.PipeNode); ok {
			all = append(all, t.askedFor(pipe, s)...)
		} else if _, label := quiet.operand(one, s); label != "" {
			all = append(all, label)
		}
	}
	return all
}

// indexed returns the label of: index $labels "path".
func (t *templateReader) indexed(args []parse.Node, s scope) (string, bool) {
	name, isName := args[0].(*parse.IdentifierNode)
	if !isName || name.Ident != "index" || len(args) != 3 {
		return "", false
	}
	quiet := templateReader{text: t.text, set: t.set}
	v, _ := quiet.operand(args[1], s)
	label, ok := args[2].(*parse.StringNode)
	if !ok || v != theLabels {
		return "", false
	}
	return label.Text, true
}

// operand returns what an operand stands for, and the label that it reads.
func (t *templateReader) operand(node parse.Node, s scope) (value, string) {
	switch node := node.(type) {
	case *parse.DotNode:
		return s.dot, ""
	case *parse.FieldNode:
		return follow(s.dot, node.Ident)
	case *parse.VariableNode:
		if slices.Contains(t.set, node.Ident[0]) {
			return other, ""
		}
		return follow(s.vars[node.Ident[0]], node.Ident[1:])
	case *parse.ChainNode:
		v, _ := t.operand(node.Node, s)
		return follow(v, node.Field)
	case *parse.PipeNode:
		return t.pipe(node, s), ""
	}
	return other, ""
}

var assignment = regexp.MustCompile(`(\$\w+)\s*=`)

// assigned returns the variables that a template sets again.
func assigned(template string) []string {
	var all []string
	for _, found := range assignment.FindAllStringSubmatch(template, -1) {
		all = append(all, found[1])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// follow returns what a chain of fields of a value stands for, and the label that it reads.
func follow(v value, names []string) (value, string) {
	for _, name := range names {
		switch {
		case v == theLabels:
			return other, name
		case v == root && name == "Labels":
			v = theLabels
		default:
			return other, ""
		}
	}
	return v, ""
}

// reads notes that a node reads a label, unless the template has asked for it.
func (t *templateReader) reads(node parse.Node, label string, s scope) {
	if !slices.Contains(s.asked, label) {
		t.labels = append(t.labels, t.read(node, label))
	}
}

func (t *templateReader) read(node parse.Node, name string) TemplateRead {
	at := max(0, int(node.Position())-len(prelude))
	return TemplateRead{
		In:   t.text.kind + " " + t.text.name,
		Line: t.text.lineAt(min(at, len(t.text.text))),
		Text: fmt.Sprintf("{{ %s }}", strings.TrimSpace(node.String())),
		Name: name,
	}
}
