// Package yamlsize bounds what yaml.v3 makes of a text: memory, since of two bytes it can make a value of two hundred; and
// time, since it compares all keys of a mapping with each other once it decodes it.
package yamlsize

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// ErrLimit is among the errors of what is over a limit, as opposed to what is wrong.
var ErrLimit = errors.New("the limit")

// Most is how many values a text may have. A ConfigMap of 1 MiB, its largest size, never has as many; nor have 5 MiB of most
// YAML.
const Most = 1 << 20

// mostKeys is how many keys a mapping may have.
const mostKeys = 2000

// CheckAll is Check and CheckKeys for all documents of a text. What is not YAML is no error here.
func CheckAll(text []byte) error {
	if err := Check(string(text)); err != nil {
		return err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var node yaml.Node
		if decoder.Decode(&node) != nil {
			return nil // the end, or a mistake, which the caller names
		}
		if err := CheckKeys(&node); err != nil {
			return err
		}
	}
}

// CheckKeys returns an error for a document in which an object has too many keys, or one twice. yaml.v3 has a message for each
// pair of equal keys, which may be millions; here it is one.
func CheckKeys(node *yaml.Node) error {
	if node.Kind == yaml.MappingNode {
		if len(node.Content) > 2*mostKeys {
			return fmt.Errorf("line %d: more than %d keys, %w of an object", node.Line, mostKeys, ErrLimit)
		}
		if err := checkTwice(node); err != nil {
			return err
		}
	}
	for _, inner := range node.Content {
		if err := CheckKeys(inner); err != nil {
			return err
		}
	}
	return nil
}

// checkTwice returns an error, in yaml.v3's words, for an object that has a key twice.
func checkTwice(object *yaml.Node) error {
	type key struct {
		kind  yaml.Kind
		value string
	}
	lines := make(map[key]int, len(object.Content)/2)
	for i := 0; i < len(object.Content); i += 2 {
		n := object.Content[i]
		if line, isTwice := lines[key{n.Kind, n.Value}]; isTwice {
			return fmt.Errorf("line %d: mapping key %q already defined at line %d", n.Line, n.Value, line)
		}
		lines[key{n.Kind, n.Value}] = n.Line
	}
	return nil
}

// Check returns an error for a text of more than Most values. It parses nothing, so its number is an upper bound: signs within
// texts count, too.
func Check(text string) error {
	if len(text) <= Most || values(text) <= Most {
		return nil
	}
	return fmt.Errorf("YAML of more than %d values in one document, %w: split it with --- or into files", Most, ErrLimit)
}

// values counts the signs after which a value may begin.
func values(text string) int {
	n := 1 - strings.Count(text, "\r\n") // which is one line break, and counted as two below
	for _, sign := range []string{",", "[", "{", "- ", "? ", ": ", "\n", "\r", "\u0085", "\u2028", "\u2029"} {
		n += strings.Count(text, sign)
	}
	return n
}
