package rules

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// The fields of Prometheus, and those that other servers add. The latter say where and how a group is evaluated, and
// not what its rules mean: they are left aside.
var (
	fileFields = []string{"groups",
		"namespace", // mimirtool, cortextool
	}
	groupFields = []string{"name", "interval", "query_offset", "limit", "labels", "rules",
		"partial_response_strategy",                                                               // Thanos, prometheus-operator
		"source_tenants", "evaluation_delay", "align_evaluation_time_on_interval", "remote_write", // Mimir, Cortex
		"type", "concurrency", "params", "headers", "notifier_headers", "tenant", "eval_offset", "eval_delay",
		"eval_alignment", "debug", "update_entries_limit", "extra_filter_labels", // VictoriaMetrics
	}
	ruleFields = []string{"record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations",
		"debug", "update_entries_limit", // VictoriaMetrics
	}
)

// decode reads a value. Unknown fields are errors, as in Prometheus; all errors have their lines.
func decode(node *yaml.Node, into any, known []string) error {
	mistakes := unknown(node, known, map[*yaml.Node]bool{})
	var several *yaml.TypeError
	switch err := node.Decode(into); {
	case errors.As(err, &several):
		mistakes = append(mistakes, several.Errors...)
	case err != nil:
		mistakes = append(mistakes, fmt.Sprintf("line %d: %s", node.Line, strings.TrimPrefix(err.Error(), "yaml: ")))
	}
	if mistakes == nil {
		return nil
	}
	return &yaml.TypeError{Errors: mistakes}
}

// unknown returns an error text for each field that is not known, also where it is merged in. An alias can contain
// itself: what was seen is not visited again.
func unknown(node *yaml.Node, known []string, seen map[*yaml.Node]bool) []string {
	if seen[node] {
		return nil
	}
	seen[node] = true
	var all []string
	for key, value := range fields(node) {
		switch {
		case key.ShortTag() == "!!merge":
			for _, merged := range append(items(value), value) {
				all = append(all, unknown(merged, known, seen)...)
			}
		case !slices.Contains(known, key.Value):
			all = append(all, fmt.Sprintf("line %d: unknown field %s", key.Line, key.Value))
		}
	}
	return all
}

// fields yields the keys and values of a mapping.
func fields(node *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	node = target(node)
	return func(yield func(key, value *yaml.Node) bool) {
		if node == nil || node.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			if !yield(target(node.Content[i]), target(node.Content[i+1])) {
				return
			}
		}
	}
}

// field returns the value of a field, or nil.
func field(node *yaml.Node, name string) *yaml.Node {
	for key, value := range fields(node) {
		if key.Value == name {
			return value
		}
	}
	return nil
}

// word returns the text of a field, or nothing.
func word(node *yaml.Node, name string) string {
	if value := field(node, name); value != nil && value.Kind == yaml.ScalarNode {
		return value.Value
	}
	return ""
}

// items returns the elements of a list.
func items(node *yaml.Node) []*yaml.Node {
	node = target(node)
	if node == nil || node.Kind != yaml.SequenceNode {
		return nil
	}
	var all []*yaml.Node
	for _, item := range node.Content {
		all = append(all, target(item))
	}
	return all
}

// target returns what an alias stands for, and the value of a document.
func target(node *yaml.Node) *yaml.Node {
	for node != nil {
		switch {
		case node.Kind == yaml.AliasNode:
			node = node.Alias
		case node.Kind == yaml.DocumentNode && len(node.Content) > 0:
			node = node.Content[0]
		default:
			return node
		}
	}
	return nil
}

// The YAML package's errors name Go types, which mean nothing to the file's author.
var (
	unknownField = regexp.MustCompile(`field (.+) not found in type \S+( \{.*\})?`)
	goType       = regexp.MustCompile(` (in type|into) \S+( \{.*\})?`)
)

// PlainError reduces the YAML package's error to the lines and what is wrong there.
func PlainError(err error) error {
	var mistakes *yaml.TypeError
	if errors.Is(err, ErrLimit) {
		return err
	}
	if !errors.As(err, &mistakes) {
		return errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
	}
	var all []error
	for _, mistake := range mistakes.Errors {
		mistake = unknownField.ReplaceAllString(mistake, "unknown field $1")
		all = append(all, errors.New(goType.ReplaceAllString(mistake, "")))
	}
	return errors.Join(all...)
}

// text is the text of a label or an annotation.
type text struct {
	kind, name string // "label" or "annotation", and its name
	text       string
	line       int
	isBlock    bool // the text begins on the next line, and keeps its lines
}

// textsOf returns the texts of a set in the order of their names. The node has their places.
func textsOf(kind string, set map[string]string, node *yaml.Node) []text {
	var all []text
	for _, name := range slices.Sorted(maps.Keys(set)) {
		t := text{kind: kind, name: name, text: set[name]}
		if value := field(node, name); value != nil {
			t.line, t.isBlock = value.Line, value.Style&yaml.LiteralStyle != 0
		} else if node != nil {
			t.line = node.Line
		}
		all = append(all, t)
	}
	return all
}

// lineAt returns the line of a place in the text.
func (t text) lineAt(offset int) int {
	if !t.isBlock {
		return t.line
	}
	return t.line + 1 + strings.Count(t.text[:offset], "\n")
}
