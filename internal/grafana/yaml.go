package grafana

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"gaugewright/internal/yamlsize"
)

// parseYAML reads one YAML document, which lies at an offset of its file. A document without a value is nil.
func parseYAML(f *file, text string, offset int) (n *Node, err error) {
	defer func() { // the parser is not ours; a defect of it is no reason to lose the other files
		if r := recover(); r != nil {
			n, err = nil, fmt.Errorf("the YAML parser failed: %v", r)
		}
	}()
	if err := yamlsize.Check(text); err != nil {
		return nil, err
	}
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		return nil, placed(f, offset, err)
	}
	if len(root.Content) == 0 {
		return nil, nil
	}
	p := &yamlParser{file: f, text: text, offset: offset, starts: yamlLines(text), ends: map[*yaml.Node]int{}, offsets: map[int][]int{}}
	return p.node(root.Content[0], 0)
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

// placed gives an error of the parser the line in the file.
func placed(f *file, offset int, err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	before := f.place(offset).Line - 1
	return errors.New(yamlLine.ReplaceAllStringFunc(text, func(word string) string {
		line, _ := strconv.Atoi(yamlLine.FindStringSubmatch(word)[1])
		return fmt.Sprintf("line %d", line+before)
	}))
}

type yamlParser struct {
	file   *file
	text   string
	offset int                // of the text in the file
	starts []int              // of the lines, as YAML counts them
	ends   map[*yaml.Node]int // where the values that are read end, in the text
	nodes  int
	within int // aliases that are being read
	copies int // values that aliases stand for
	// offsets are the bytes where the characters of a line begin, by line; nil where each is one byte.
	offsets map[int][]int
}

// node converts a value. An alias becomes a copy of what it stands for; the number of values bounds that.
func (p *yamlParser) node(y *yaml.Node, depth int) (*Node, error) {
	if p.nodes++; p.nodes > maxNodes {
		return nil, errNodes
	}
	if depth > maxDepth {
		return nil, errDepth
	}
	if p.within > 0 {
		if p.copies++; p.copies > maxCopies {
			return nil, errCopies
		}
	}
	if y.Kind == yaml.AliasNode {
		p.within++
		n, err := p.node(y.Alias, depth+1)
		p.within--
		if err == nil {
			n.span = p.span(y)
		}
		return n, err
	}
	n := &Node{syntax: YAML, file: p.file}
	var err error
	switch y.Kind {
	case yaml.MappingNode:
		n.kind = Object
		err = p.members(n, y, depth)
	case yaml.SequenceNode:
		n.kind = List
		for _, element := range y.Content {
			if err = p.element(n, element, depth); err != nil {
				break
			}
		}
	default:
		n.kind, n.text = scalar(y)
	}
	n.span = p.span(y)
	if y.Kind == yaml.ScalarNode && !p.isSure(y, n.span) {
		n.syntax = Quoted
	}
	return n, err
}

func (p *yamlParser) element(n *Node, y *yaml.Node, depth int) error {
	element, err := p.node(y, depth+1)
	if err == nil {
		element.parent = n
		n.elements = append(n.elements, element)
	}
	return err
}

// members reads a mapping. What << merges comes first, so that the mapping's own members win.
func (p *yamlParser) members(n *Node, y *yaml.Node, depth int) error {
	for _, isMerge := range []bool{true, false} {
		for i := 0; i+1 < len(y.Content); i += 2 {
			key, value := y.Content[i], y.Content[i+1]
			if isMerge != (key.ShortTag() == "!!merge") {
				continue
			}
			if err := p.pair(n, key, value, depth); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *yamlParser) pair(n *Node, key, value *yaml.Node, depth int) error {
	child, err := p.node(value, depth+1)
	if err != nil {
		return err
	}
	if key.ShortTag() == "!!merge" {
		return merge(n, child)
	}
	if key.Kind == yaml.AliasNode {
		key = key.Alias
	}
	if key.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: a list or an object is the name of a member; JSON has only texts there", p.line(key))
	}
	n.add(Member{Key{key.Value, p.span(key)}, child})
	return nil
}

func (p *yamlParser) line(y *yaml.Node) int { return p.file.place(p.start(y) + p.offset).Line }

// merge adds the members of an object, or of a list of objects, of which the first wins.
func merge(n, from *Node) error {
	if from.IsList() {
		for _, element := range slices.Backward(from.elements) {
			if err := merge(n, element); err != nil {
				return err
			}
		}
		return nil
	}
	if !from.IsObject() {
		return fmt.Errorf("line %d: << merges objects only", from.Place().Line)
	}
	for _, m := range from.members {
		n.add(m)
	}
	return nil
}

func (n *Node) add(m Member) {
	m.Value.parent = n
	n.members = append(n.members, m)
}

var jsonNumber = regexp.MustCompile(`^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$`)

// scalar converts a value as a conversion of YAML to JSON does. What JSON has no form for, such as a time, is a text.
func scalar(y *yaml.Node) (Kind, string) {
	switch y.ShortTag() {
	case "!!null":
		return Null, ""
	case "!!bool":
		return Boolean, strings.ToLower(y.Value)
	case "!!int", "!!float":
		if jsonNumber.MatchString(y.Value) {
			return Number, y.Value
		}
		var number float64
		var whole int64
		if y.Decode(&whole) == nil {
			return Number, strconv.FormatInt(whole, 10)
		}
		if y.Decode(&number) == nil && !math.IsInf(number, 0) && !math.IsNaN(number) {
			return Number, strconv.FormatFloat(number, 'g', -1, 64)
		}
	}
	return String, y.Value
}
