package rules

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"gaugewright/internal/yamlsize"
)

// Parse reads the rule groups of a text in YAML or JSON: those of a rule file, of a PrometheusRule or a resource like
// it, and of the rule files in a ConfigMap; each also in a List and in one of several documents. Resources of other
// kinds beside them have no rules; alone they are an error that says what they are. Fields that Thanos, Mimir, Cortex
// and VictoriaMetrics add to a group are left aside. Other unknown fields and everything else that promtool check
// rules refuses are errors, and so is a rule over a limit. Each error has its line; all are returned together, with the groups of
// the resources, and of the files in a ConfigMap, that have none; groups come without their rules over a limit.
func Parse(data []byte) (File, error) {
	r := reader{seen: map[*yaml.Node]bool{}}
	documents, err := split(data)
	if err != nil {
		err = PlainError(err)
		if bytes.Contains(data, []byte("{{ .Values")) || bytes.Contains(data, []byte("{{-")) {
			err = fmt.Errorf("%w: if it is a template of Helm, render it first", err)
		}
		if len(documents) == 0 {
			return File{}, err
		}
		r.failed = append(r.failed, err)
	}
	for _, document := range documents {
		r.document(document)
	}
	if r.found == 0 {
		r.failed = append(r.failed, r.others...)
	}
	return File{Groups: r.groups, unread: r.unread}, errors.Join(r.failed...)
}

// split returns the values of the YAML documents in a text, without the empty ones: those before the first error.
func split(data []byte) ([]*yaml.Node, error) {
	var all []*yaml.Node
	if err := yamlsize.Check(string(data)); err != nil {
		return nil, err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	for {
		var node yaml.Node
		err := decoder.Decode(&node)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		if err := yamlsize.CheckKeys(&node); err != nil {
			return all, err
		}
		if err := node.Decode(new(any)); err != nil && strings.Contains(err.Error(), "excessive aliasing") {
			return nil, err // the decoding of parts would not see it
		}
		if value := target(&node); value != nil && value.Kind != yaml.DocumentNode && value.ShortTag() != "!!null" {
			all = append(all, value)
		}
	}
}

// reader collects the groups of a file.
type reader struct {
	seen   map[*yaml.Node]bool
	groups []Group
	rules  int     // in all lists of groups
	found  int     // lists of groups, which may be empty
	failed []error // what must be mended
	others []error // what the resources without rules are

	isSecond bool     // there was a rule file; Mimir's, with a namespace, can follow each other
	unread   []Placed // the first rule of each further one
}

// document reads a rule file or a resource.
func (r *reader) document(node *yaml.Node) {
	if r.seen[node] {
		return // an alias, which can contain itself
	}
	r.seen[node] = true
	kind := word(node, "kind")
	what := foreign(node)
	switch {
	case strings.HasSuffix(kind, "List") && field(node, "items") != nil:
		for _, item := range items(field(node, "items")) {
			r.document(item)
		}
	case kind == "ConfigMap":
		r.configMap(node)
	case what != "" && kind != "":
		r.others = append(r.others, fmt.Errorf("line %d: it has no rules of Prometheus: it is %s", node.Line, what))
	case what != "":
		r.failed = append(r.failed, foreignError{fmt.Errorf("line %d: not a rule file: it is %s", node.Line, what)})
	case strings.HasPrefix(kind, "VM"):
		before := len(r.failed)
		r.take(field(node, "spec"), []string{"groups"})
		for i, err := range r.failed[before:] { // perhaps right in MetricsQL, and to its operator
			r.failed[before+i] = foreignError{err}
		}
	case kind != "":
		r.take(field(node, "spec"), []string{"groups"})
	default:
		before := len(r.groups)
		r.take(node, fileFields)
		r.noteSecond(r.groups[before:], word(node, "namespace") != "")
	}
}

// noteSecond notes a rule file that follows another one, and that Prometheus does not read.
func (r *reader) noteSecond(groups []Group, hasNamespace bool) {
	for _, group := range groups {
		if r.isSecond && !hasNamespace && len(group.Rules) > 0 {
			r.unread = append(r.unread, Placed{Group: group.Name, Rule: group.Rules[0]})
			break
		}
	}
	r.isSecond = true
}

// take reads the groups of a rule file, or of a resource's spec.
func (r *reader) take(node *yaml.Node, known []string) {
	r.found++
	if node == nil {
		return
	}
	for _, group := range items(field(node, "groups")) {
		if kind := word(group, "type"); kind != "" && kind != "prometheus" {
			r.failed = append(r.failed, foreignError{fmt.Errorf("line %d: queries of the type %s are not PromQL", group.Line, kind)})
			return
		}
	}
	more := rulesIn(node)
	if r.rules+more > maxRules {
		r.failed = append(r.failed, limitError{fmt.Errorf("line %d: with these, more than %d rules, the limit of a file: they are not read", node.Line, maxRules)})
		return
	}
	r.rules += more
	var file File
	if err := decode(node, &file, known); err != nil {
		r.failed = append(r.failed, PlainError(err))
		return
	}
	r.failed = append(r.failed, withoutTooLarge(file.Groups)...)
	if err := validate(file.Groups); err != nil {
		r.failed = append(r.failed, err)
		return
	}
	r.groups = append(r.groups, file.Groups...)
}

// hasGroups finds the beginning of a rule file in a text that is not YAML.
var hasGroups = regexp.MustCompile(`(?m)^groups:`)

// configMap reads the rule files among the files of a ConfigMap. The others are for other programs. It shares no reader
// with package grafana, whose nodes are JSON: rules are decoded into Prometheus's own types, which needs nodes of YAML.
func (r *reader) configMap(node *yaml.Node) {
	before := r.found
	for key, value := range fields(field(node, "data")) {
		documents, err := split([]byte(value.Value))
		if err != nil && hasGroups.MatchString(value.Value) {
			r.found++
			r.failed = append(r.failed, fmt.Errorf("%s: %w", key.Value, moved(PlainError(err), value)))
		}
		for _, document := range documents {
			if field(document, "groups") != nil && foreign(document) == "" {
				move(document, value, map[*yaml.Node]bool{})
				r.take(document, fileFields)
			}
		}
	}
	if r.found == before {
		r.others = append(r.others, fmt.Errorf("line %d: it has no rules of Prometheus: it is a ConfigMap without rule files",
			node.Line))
	}
}

// move sets the lines of a document to those of the file, in which it is the text of a value. A quoted text has its
// lines in one.
func move(node, value *yaml.Node, seen map[*yaml.Node]bool) {
	if seen[node] {
		return
	}
	seen[node] = true
	node.Line = outer(node.Line, value)
	if value.Style&yaml.LiteralStyle == 0 {
		node.Style = 0
	}
	if node.Alias != nil {
		move(node.Alias, value, seen)
	}
	for _, below := range node.Content {
		move(below, value, seen)
	}
}

// outer returns the file's line for a line of a value's text.
func outer(line int, value *yaml.Node) int {
	if value.Style&yaml.LiteralStyle != 0 {
		return value.Line + line
	}
	return value.Line
}

var lineNumber = regexp.MustCompile(`line \d+`)

// moved is move for the line in an error's text.
func moved(err error, value *yaml.Node) error {
	return errors.New(lineNumber.ReplaceAllStringFunc(err.Error(), func(text string) string {
		line, _ := strconv.Atoi(strings.TrimPrefix(text, "line "))
		return fmt.Sprintf("line %d", outer(line, value))
	}))
}
