package rules

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"gopkg.in/yaml.v3"
)

// File is a rule file.
type File struct {
	Path   string  `yaml:"-"` // empty if not read from a file
	Groups []Group `yaml:"groups"`
}

// Group is a list of rules that are evaluated one after the other.
// https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule_group
type Group struct {
	Name        string            `yaml:"name"`
	Interval    model.Duration    `yaml:"interval,omitempty"` // 0 means the server's own
	QueryOffset *model.Duration   `yaml:"query_offset,omitempty"`
	Limit       int               `yaml:"limit,omitempty"` // of series or alerts of one rule; 0 means no limit
	Labels      map[string]string `yaml:"labels,omitempty"`
	Rules       []Rule            `yaml:"rules"`
}

// Rule is an alerting or a recording rule.
// https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule
type Rule struct {
	Alert         string            `yaml:"alert,omitempty"`
	Record        string            `yaml:"record,omitempty"`
	Expr          string            `yaml:"expr"`
	For           model.Duration    `yaml:"for,omitempty"`
	KeepFiringFor model.Duration    `yaml:"keep_firing_for,omitempty"`
	Labels        map[string]string `yaml:"labels,omitempty"`
	Annotations   map[string]string `yaml:"annotations,omitempty"`
	Line          int               `yaml:"-"` // of its beginning in the file, from 1
}

// Name returns the name of the alert or of the recorded series.
func (r Rule) Name() string {
	if r.Alert != "" {
		return r.Alert
	}
	return r.Record
}

// Load reads a rule file. The error begins with its path.
func Load(path string) (File, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return File{}, err
	}
	file, err := Parse(text)
	if err != nil {
		return File{}, fmt.Errorf("%s: %w", path, err)
	}
	file.Path = path
	return file, nil
}

// Parse reads the text of a rule file. It is strict: an unknown field, a second document and everything that promtool
// check rules refuses are errors. Each error has its line; all are returned together.
func Parse(text []byte) (File, error) {
	var file File
	if err := decode(text, &file); err != nil {
		return File{}, err
	}
	var tree struct {
		Groups []struct {
			Rules []yaml.Node `yaml:"rules"`
		} `yaml:"groups"`
	}
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return File{}, plain(err)
	}
	for i, group := range tree.Groups {
		rules := slices.DeleteFunc(group.Rules, empty)
		for j := range file.Groups[i].Rules {
			file.Groups[i].Rules[j].Line = rules[j].Line
		}
	}
	if err := file.validate(); err != nil {
		return File{}, err
	}
	return file, nil
}

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
		return errors.New("a second document: a rule file has only one")
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

// Placed is a rule and its place.
type Placed struct {
	Path  string // of its file
	Group string
	Rule
}

// Alerts returns the alerts of the file, with the labels of their group.
func (f File) Alerts() []Placed {
	var all []Placed
	for _, group := range f.Groups {
		for _, rule := range group.Rules {
			if rule.Alert != "" {
				rule.Labels = group.LabelsOf(rule)
				all = append(all, Placed{f.Path, group.Name, rule})
			}
		}
	}
	return all
}

// ID returns the absolute path of the file, which identifies it.
func (f File) ID() string {
	if full, err := filepath.Abs(f.Path); err == nil {
		return full
	}
	return f.Path
}
