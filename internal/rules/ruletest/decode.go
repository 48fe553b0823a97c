package ruletest

import (
	"bytes"
	"errors"
	"io"

	"gopkg.in/yaml.v3"

	"gaugewright/internal/rules"
	"gaugewright/internal/yamlsize"
)

// empty reports whether a list item is empty. The YAML package would drop such a rule silently.
func empty(item yaml.Node) bool {
	if item.Alias != nil {
		item = *item.Alias
	}
	return item.ShortTag() == "!!null"
}

// decode reads one YAML document. A field that the value does not have is an error.
func decode(text []byte, into any) error {
	if err := yamlsize.CheckAll(text); err != nil {
		return err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return rules.PlainError(err)
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return errors.New("a second document: a file of tests has only one")
	}
	return nil
}
