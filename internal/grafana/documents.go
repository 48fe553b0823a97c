package grafana

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Documents returns the values of a file of JSON or YAML as they are, whether they are boards or not. A document that
// cannot be read is an error and does not keep the rest from being read.
func Documents(data []byte) ([]*Node, []error) {
	if len(data) > maxBytes {
		return nil, []error{fmt.Errorf("more than %d MiB", maxBytes>>20)}
	}
	f := &file{text: string(data)}
	text := strings.TrimPrefix(f.text, mark)
	if trimmed := strings.TrimSpace(text); strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[") {
		n, err := parseJSON(f, text, len(f.text)-len(text))
		if err != nil {
			return nil, []error{fmt.Errorf("not JSON: %w", err)}
		}
		return []*Node{n}, nil
	}
	if !utf8.ValidString(f.text) {
		return nil, []error{errNotText}
	}
	var all []*Node
	var errs []error
	for _, at := range documents(f.text) {
		n, err := parseYAML(f, f.text[at.Start:at.End], at.Start)
		if err != nil {
			errs = append(errs, fmt.Errorf("not YAML: %w", err))
		} else if n.Exists() {
			all = append(all, n)
		}
	}
	return all, errs
}
