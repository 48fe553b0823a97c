package ruletest

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
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
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return plain(err)
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return errors.New("a second document: a file of tests has only one")
	}
	return nil
}

// goType matches the Go type in the YAML package's errors. It means nothing to the file's author.
var goType = regexp.MustCompile(` in type \S+( \{.*\})?`)

// plain reduces the YAML package's error to the lines and what is wrong there.
func plain(err error) error {
	var mistakes *yaml.TypeError
	if !errors.As(err, &mistakes) {
		return errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
	}
	var all []error
	for _, mistake := range mistakes.Errors {
		all = append(all, errors.New(goType.ReplaceAllString(mistake, "")))
	}
	return errors.Join(all...)
}
