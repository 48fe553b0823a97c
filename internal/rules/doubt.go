package rules

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
)

// Doubt is something in a rule that Prometheus accepts but that is a mistake in any file.
type Doubt struct {
	Placed
	Kind DoubtKind
	Text string
}

// DoubtKind is the kind of a doubt.
type DoubtKind string

// The kinds.
const (
	Twice          DoubtKind = "alert-twice"     // another alert has this name and these labels
	TooShort       DoubtKind = "too-short"       // a duration under a second
	Unexplained    DoubtKind = "unexplained"     // neither a description nor a runbook
	Template       DoubtKind = "template"        // a query in a template that cannot be evaluated
	SecondDocument DoubtKind = "second-document" // Prometheus reads only the first of a rule file
)

// shortest is the shortest sensible duration of an alert. A shorter one has the wrong unit.
const shortest = time.Second

// Doubts returns the doubts about the alerts of the files, in their order. Alerts of one name with different labels,
// such as severity, are intended.
func Doubts(files ...File) []Doubt {
	var all []Doubt
	earlier := map[string][]Placed{}
	seen := map[string]bool{}
	for _, file := range files {
		if seen[file.ID()] {
			continue
		}
		seen[file.ID()] = true
		for _, a := range file.Alerts() {
			key := a.Alert + labels.FromMap(a.Labels).String()
			if i := slices.IndexFunc(earlier[key], func(other Placed) bool { return !areDisjoint(a.Expr, other.Expr) }); i >= 0 {
				text := fmt.Sprintf("alert %s exists twice with the same labels: first at %s", a.Alert, earlier[key][i].where(a))
				all = append(all, Doubt{a, Twice, text})
			} else {
				earlier[key] = append(earlier[key], a)
			}
			all = append(all, a.doubts()...)
		}
		for _, p := range file.unread {
			p.Path = file.Path
			all = append(all, Doubt{p, SecondDocument, "a second document: Prometheus reads only the first of a rule file"})
		}
	}
	return all
}

// where returns the place of an alert, as seen from another.
func (p Placed) where(from Placed) string {
	if p.Path == from.Path {
		return fmt.Sprintf("line %d", p.Line)
	}
	return fmt.Sprintf("%s:%d", p.Path, p.Line)
}

// explanations are the usual annotations that say what to do.
var explanations = []string{"description", "runbook_url", "runbook", "message"}

func (p Placed) doubts() []Doubt {
	var all []Doubt
	for _, d := range []struct {
		name  string
		value model.Duration
	}{{"for", p.For}, {"keep_firing_for", p.KeepFiringFor}} {
		if d.value != 0 && time.Duration(d.value) < shortest {
			all = append(all, Doubt{p, TooShort, fmt.Sprintf("%s: %s is less than a second: check the unit", d.name, d.value)})
		}
	}
	for _, query := range p.templateQueries() {
		if _, err := parseExpr(query.Name); err != nil {
			at := p
			at.Line = query.Line
			all = append(all, Doubt{at, Template, fmt.Sprintf("%s: %s: %s", query.In, query.Text, OneLine(err.Error()))})
		}
	}
	explained := ""
	for _, name := range explanations {
		explained = cmp.Or(explained, p.Annotations[name])
	}
	if explained == "" {
		all = append(all, Doubt{p, Unexplained, "it has neither a description nor a runbook_url: say there what to do"})
	}
	return all
}
