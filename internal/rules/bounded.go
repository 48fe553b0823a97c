package rules

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	texttemplate "text/template"
	"text/template/parse"

	"gaugewright/internal/query"
)

// Limits of a template, whose language has loops, calls of itself and texts that double.
const (
	maxTemplate = 64 << 10  // bytes of a template, and of a text that a function makes
	maxWritten  = 256 << 20 // bytes that a template might write, at most; nearly all write less than a thousandth of that
)

var (
	errTemplateLong = fmt.Errorf("a text of more than %d KiB, the limit in a template", maxTemplate>>10)
	errTemplateMuch = errors.New("too many turns of its loops, or calls of itself: the limit is by the length of the template")
)

// meter counts what a template might write.
type meter struct {
	size    int // of the template
	longest int // of the texts that it may print in one place
	left    int
}

func newMeter(text string) *meter { return &meter{size: len(text), longest: 64, left: maxWritten} }

// turn is called in each turn of a loop and in each call of a template: all of the text may be written once more, with
// the longest of the texts in place of each {{.}}.
func (m *meter) turn() (string, error) {
	if m.left -= m.size + m.size*m.longest/len("{{.}}"); m.left < 0 {
		return "", errTemplateMuch
	}
	return "", nil
}

// made checks a text that a function made.
func (m *meter) made(text string) (string, error) {
	if len(text) > maxTemplate {
		return "", errTemplateLong
	}
	if m.longest = max(m.longest, len(text)); m.size*m.longest/len("{{.}}") > m.left {
		return "", errTemplateMuch
	}
	return text, nil
}

// turnName is the function that counts. No template can call it by accident.
const turnName = "gaugewrightTurn"

// functions are those that make longer texts of shorter ones, with limits.
func (m *meter) functions() texttemplate.FuncMap {
	printing := func(print func(...any) string) any {
		return func(args ...any) (string, error) {
			if length(args) > maxTemplate {
				return "", errTemplateLong
			}
			return m.made(print(args...))
		}
	}
	return texttemplate.FuncMap{
		turnName:  m.turn,
		"print":   printing(fmt.Sprint),
		"println": printing(fmt.Sprintln),
		"js":      printing(texttemplate.JSEscaper),
		"html":    printing(texttemplate.HTMLEscaper),
		"printf": func(format string, args ...any) (string, error) {
			if wide.MatchString(format) || strings.Count(format, "%")*(length(args)+999) > maxTemplate {
				return "", errTemplateLong
			}
			return m.made(fmt.Sprintf(format, args...))
		},
		"reReplaceAll": func(pattern, by, text string) (string, error) {
			if (len(text)+1)*(len(by)+1) > maxTemplate*16 {
				return "", errTemplateLong
			}
			if err := query.CheckRegex(pattern); err != nil {
				return "", err
			}
			re, err := regexp.Compile(pattern)
			if err != nil {
				return "", err
			}
			return m.made(re.ReplaceAllString(text, by))
		},
	}
}

// wide finds a verb of more than 999 characters.
var wide = regexp.MustCompile(`%[^a-zA-Z%]*(\*|[0-9]{4})`)

// length is about that of the arguments as texts. Numbers and the like are short.
func length(args []any) int {
	n := 0
	for _, arg := range args {
		if text, ok := arg.(string); ok {
			n += len(text)
		}
	}
	return n
}

// counted puts a turn into each loop and each named template of a text. A text without them is returned as it is.
func counted(text string) (string, error) {
	if len(text) > maxTemplate {
		return "", errTemplateLong
	}
	trees := map[string]*parse.Tree{}
	tree := parse.New("")
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(text, "", "", trees); err != nil {
		return text, nil // the caller says so
	}
	c := counter{}
	names := slices.Sorted(maps.Keys(trees))
	for _, name := range names {
		if c.list(trees[name].Root); name != "" {
			c.begin(trees[name].Root)
		}
	}
	if !c.hasTurns {
		return text, nil
	}
	var out strings.Builder
	for _, name := range names {
		if name != "" {
			fmt.Fprintf(&out, "{{define %q}}%s{{end}}", name, trees[name].Root)
		}
	}
	return out.String() + trees[""].Root.String(), nil
}

type counter struct{ hasTurns bool }

// begin puts a turn at the beginning of a list.
func (c *counter) begin(list *parse.ListNode) {
	c.hasTurns = true
	list.Nodes = append([]parse.Node{&parse.TextNode{NodeType: parse.NodeText, Text: []byte("{{" + turnName + "}}")}}, list.Nodes...)
}

func (c *counter) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			c.list(n.List)
			c.list(n.ElseList)
		case *parse.WithNode:
			c.list(n.List)
			c.list(n.ElseList)
		case *parse.RangeNode:
			c.list(n.List)
			c.list(n.ElseList)
			c.begin(n.List)
		}
	}
}
