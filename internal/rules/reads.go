package rules

import (
	"text/template/parse"

	"github.com/prometheus/common/model"
)

// TemplateRead is a place where a template of an alert reads something by its name: a label of the alert's result, or
// the series of a query.
type TemplateRead struct {
	In   string // what has the template: "annotation summary"
	Line int    // in the file
	Text string // as templates write it: "{{ $labels.path }}"
	Name string // of the label, or the query's text
}

// LostLabels returns the reads of labels that the result of the alert's expression cannot have; has reports whether
// it can. They come to nothing, since a template sees only the labels of the result: not those that the alert or the
// server adds. A read is left out where the template asks first whether the label is there.
//
// The rule must come from Parse. The same holds for templateQueries.
func (r Rule) LostLabels(has func(label string) bool) []TemplateRead {
	var lost []TemplateRead
	for _, read := range r.templateReads().labels {
		if read.Name != model.MetricNameLabel && !has(read.Name) {
			lost = append(lost, read)
		}
	}
	return lost
}

// templateQueries returns the queries in the alert's templates that are written out.
func (r Rule) templateQueries() []TemplateRead { return r.templateReads().queries }

func (r Rule) templateReads() templateReader {
	var all templateReader
	if r.Alert == "" {
		return all // nothing expands the labels of a recorded series
	}
	for _, t := range r.texts {
		all.text, all.set = t, assigned(t.text)
		trees := map[string]*parse.Tree{}
		tree := parse.New("")
		tree.Mode = parse.SkipFuncCheck
		if _, err := tree.Parse(prelude+t.text, "", "", trees); err != nil {
			continue // Parse refuses it, but for the labels of a group, as Prometheus does
		}
		delete(trees, tree.Name) // an empty name calls nothing
		all.trees = trees
		all.walk(tree.Root, scope{dot: root, vars: map[string]value{"$": root}})
	}
	return all
}
