package view

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// Problem is something wrong with a variable.
type Problem struct {
	Variable, Text string
	Kind           Kind
}

// Kind is the kind of a Problem.
type Kind int

// The kinds.
const (
	Wrong          Kind = iota // the variable itself is wrong
	NothingFound               // its query finds nothing
	NothingMatches             // its regex matches nothing of what its query finds
	Unanswered                 // the source gave no answer to its query
	Unknown                    // its values are not known here: a regex that cannot be run
)

// Resolved are the variables of an open board.
type Resolved struct {
	Values   map[string]query.Value
	Offered  map[string][]grafana.Option // what a viewer can choose
	Problems []Problem
}

// Resolve gives each variable the value that it has when Grafana opens the board. First comes the choice given here
// by name; then the saved choice, if the source still offers it; then All, where the variable has it; then the first
// option. Variables that a query variable refers to are resolved before it. The values have Grafana's own __dashboard,
// too. The times are the range shown. An error comes from the source, and ends the work.
func Resolve(
	ctx context.Context, b grafana.Board, source Source, chosen map[string][]string, times query.Times,
) (Resolved, error) {
	r := &resolver{source: source, times: times, chosen: chosen, offered: map[string][]grafana.Option{}, values: map[string]query.Value{
		"__dashboard": {Values: []string{b.Title}, Properties: []map[string]string{{"name": b.Title, "uid": b.UID}}},
	}}
	open := newWaiting(unlike(b.Variables))
	for len(open.variables) > 0 {
		v, isFree := open.next()
		if !isFree {
			r.blame(v, "it refers to itself, or to a variable that refers to it")
		}
		options, err := r.options(ctx, v)
		if err != nil {
			return Resolved{}, fmt.Errorf("variable %s: %w", v.Name, err)
		}
		for _, o := range options {
			r.offered[v.Name] = append(r.offered[v.Name], grafana.Option{Text: o.text, Value: o.value, Properties: o.properties})
		}
		r.values[v.Name] = choose(v, options, chosen[v.Name])
	}
	return Resolved{r.values, r.offered, r.problems}, nil
}

// unlike returns the variables without those that have a name again: of a board with variables in its tabs, those that
// come first. What one panel sees is Board.For.
func unlike(variables []grafana.Variable) []grafana.Variable {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(variables), func(v grafana.Variable) bool {
		was := seen[v.Name]
		seen[v.Name] = true
		return was
	})
}

type resolver struct {
	source   Source
	times    query.Times
	chosen   map[string][]string
	values   map[string]query.Value
	offered  map[string][]grafana.Option
	problems []Problem
}

func (r *resolver) blame(v grafana.Variable, format string, args ...any) {
	r.report(v, Wrong, format, args...)
}

func (r *resolver) report(v grafana.Variable, k Kind, format string, args ...any) {
	r.problems = append(r.problems, Problem{v.Name, fmt.Sprintf(format, args...), k})
}

// doubt records that a variable's values are not known. The saved ones are taken.
func (r *resolver) doubt(v grafana.Variable, err error) []option {
	r.report(v, Unknown, "not judged: %v", err)
	return saved(v)
}

// saved returns the options that were chosen when the board was saved.
func saved(v grafana.Variable) []option {
	return plain(slices.DeleteFunc(slices.Clone(v.Current), func(value string) bool { return value == all }))
}

// option is a value that a variable offers.
type option struct {
	text, value string
	properties  map[string]string
}

func plain(values []string) []option {
	options := make([]option, len(values))
	for i, value := range values {
		options[i] = option{text: value, value: value}
	}
	return options
}

// options returns the options of a variable. A query variable without options is a problem.
func (r *resolver) options(ctx context.Context, v grafana.Variable) ([]option, error) {
	switch v.Type {
	case "query":
		return r.queried(ctx, v)
	case "custom":
		return r.custom(v), nil
	case "interval":
		return r.intervals(v), nil
	case "constant":
		return r.constant(v), nil
	case "textbox":
		if len(v.Current) > 0 {
			return plain(v.Current[:1]), nil
		}
		return plain([]string{v.Query}), nil
	case "switch":
		if len(v.Current) > 0 {
			return plain(v.Current[:1]), nil
		}
		return plain([]string{cmp.Or(v.Spec.At("disabledValue").Text(), "false")}), nil
	case "datasource":
		if len(v.Current) > 0 && v.Current[0] != "" {
			return plain(v.Current[:1]), nil
		}
		return plain([]string{"default"}), nil
	}
	return plain(v.Current), nil // adhoc, groupby and future types: only what was saved
}

// custom returns the options of a custom variable. Where Grafana cannot read its list, what was saved stays chosen.
func (r *resolver) custom(v grafana.Variable) []option {
	if !v.JSON {
		return custom(Put(v.Query, r.values, r.times, InLegend))
	}
	options, err := fromJSON(v.Query)
	switch {
	case err == errNoObject:
		return r.doubt(v, err)
	case err != nil:
		r.blame(v, "%v", err)
		return saved(v)
	}
	return options
}

// constant returns the value of a constant. An export has an input in its place, which only an import fills in.
func (r *resolver) constant(v grafana.Variable) []option {
	for _, reference := range query.References(v.Query) {
		written := v.Query[reference.Span.Start:reference.Span.End]
		_, isKnown := r.values[reference.Name]
		if strings.HasPrefix(written, "${") && !isKnown && !reference.Builtin() && r.chosen[v.Name] == nil {
			r.blame(v, "%s is an input of the export, and the file has no value for it: import the board, or write -var %s=VALUE", written, v.Name)
			return nil
		}
	}
	return plain([]string{v.Query})
}

// queried returns the values that the source has for a query variable.
func (r *resolver) queried(ctx context.Context, v grafana.Variable) ([]option, error) {
	if v.Skip != "" {
		return saved(v), nil
	}
	text, err := query.Interpolate(v.Query, r.values, r.times)
	if err != nil {
		r.blame(v, "its query cannot be run: %v", err)
		return nil, nil
	}
	texts, err := lookUp(ctx, r.source, text, r.times)
	if refused, ok := err.(*Refused); ok {
		kind := Wrong
		if refused.IsUnanswered {
			kind = Unanswered
		}
		r.report(v, kind, "%s: %v", text, refused)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	options, err := filter(texts, Put(v.Regex, r.values, r.times, inRegex))
	if isRefused(err) {
		r.blame(v, "%v", err)
		return saved(v), nil
	}
	if err != nil {
		return r.doubt(v, err), nil
	}
	sortOptions(options, v.Sort)
	switch {
	case len(v.Static) > 0:
	case len(texts) == 0:
		r.report(v, NothingFound, "%s finds nothing", text)
	case len(options) == 0:
		r.report(v, NothingMatches, "none of the %d values of %s match its regex %s", len(texts), text, v.Regex)
	}
	for i, o := range v.Static {
		options = slices.Insert(options, i, option{text: o.Text, value: o.Value, properties: o.Properties})
	}
	return options, nil
}

// choose returns the value on first load.
func choose(v grafana.Variable, options []option, chosen []string) query.Value {
	wanted := v.Current
	if chosen != nil {
		wanted = chosen
	}
	isAll := v.IncludeAll && (slices.Contains(wanted, all) || slices.Contains(wanted, "All") && chosen != nil)
	var picked []option
	for _, want := range wanted {
		at := slices.IndexFunc(options, func(o option) bool { return o.value == want })
		switch {
		case want == all:
		case at >= 0:
			picked = append(picked, options[at])
		case chosen != nil:
			picked = append(picked, option{text: want, value: want})
		}
	}
	switch {
	case !isAll && len(picked) > 0:
		if !v.Multi && chosen == nil {
			picked = picked[:1]
		}
	case v.IncludeAll:
		isAll, picked = true, options
	case len(options) > 0:
		picked = options[:1]
	}
	value := query.Value{Multi: v.Multi || v.IncludeAll, Single: !v.Multi, AllValue: v.AllValue, All: isAll}
	for _, o := range picked {
		value.Values = append(value.Values, o.value)
		value.Texts = append(value.Texts, o.text)
		value.Properties = append(value.Properties, o.properties)
	}
	return value
}
