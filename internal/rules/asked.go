package rules

import (
	"regexp"
	"slices"
	"strings"
	"text/template/parse"
)

// query notes the query of a command, if it is written out or has a constant format. The command may get it from the one
// before in its pipeline.
func (t *templateReader) query(pipe *parse.PipeNode, command *parse.CommandNode, before parse.Node) {
	args, place := command.Args, parse.Node(command)
	if before != nil {
		args, place = append(slices.Clone(args), before), pipe
	}
	if !calls(args, "query") || len(args) != 2 {
		return
	}
	if text, ok := written(args[1]); ok {
		t.queries = append(t.queries, t.read(place, text))
	}
}

func calls(args []parse.Node, function string) bool {
	name, ok := args[0].(*parse.IdentifierNode)
	return ok && name.Ident == function
}

// written returns a text that a template writes out: "up", or printf "up{job='%s'}" $labels.job. It returns false where
// what is put in decides whether the text is a query.
func written(node parse.Node) (string, bool) {
	switch node := node.(type) {
	case *parse.StringNode:
		return node.Text, true
	case *parse.PipeNode:
		if len(node.Cmds) != 1 {
			return "", false
		}
		args := node.Cmds[0].Args
		if len(args) == 1 {
			return written(args[0])
		}
		if format, ok := args[1].(*parse.StringNode); ok && calls(args, "printf") {
			return printed(format.Text, args[2:])
		}
	}
	return "", false
}

var (
	verb  = regexp.MustCompile(`%[-+# 0-9.]*[a-zA-Z%]`)
	quote = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`")
)

// printed fills a format for a query. What is not known becomes an x within quotes, and 1 where a number is printed.
func printed(format string, args []parse.Node) (string, bool) {
	quoted := quote.FindAllStringIndex(format, -1)
	known := true
	var text strings.Builder
	from := 0
	for _, at := range verb.FindAllStringIndex(format, -1) {
		text.WriteString(format[from:at[0]])
		from = at[1]
		kind := format[at[1]-1]
		var arg parse.Node
		if kind != '%' && len(args) > 0 {
			arg, args = args[0], args[1:]
		}
		constant, isConstant := arg.(*parse.StringNode)
		inQuotes := slices.ContainsFunc(quoted, func(q []int) bool { return q[0] < at[0] && at[0] < q[1] })
		switch {
		case kind == '%':
			text.WriteString("%")
		case kind == 'q':
			text.WriteString(`"x"`)
		case isConstant:
			text.WriteString(constant.Text)
		case inQuotes:
			text.WriteString("x")
		case strings.ContainsRune("bdeEfFgGoxX", rune(kind)):
			text.WriteString("1")
		default:
			known = false
		}
	}
	return text.String() + format[from:], known
}
