package view

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gaugewright/internal/query"
)

// Source is where query variables look up values. A *Refused error is about the query; any other error ends the work.
type Source interface {
	// LabelValues returns the values of a label in the series that a selector finds, or in all series where it is
	// empty.
	LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error)
	// Series returns the labels, with __name__, of the series that a selector finds.
	Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error)
	// LabelNames returns the names of all labels.
	LabelNames(ctx context.Context, from, to time.Time) ([]string, error)
	// Samples returns the result of a query at one time.
	Samples(ctx context.Context, query string, at time.Time) ([]Sample, error)
}

// Sample is a value and its series.
type Sample struct {
	Labels map[string]string
	Value  float64
}

// Refused is the error of a query that the source rejects: not PromQL, or too much to compute. IsUnanswered says that the
// source only gave no answer, such as in time.
type Refused struct {
	Reason       string
	IsUnanswered bool
}

func (r *Refused) Error() string { return r.Reason }

// The functions of query variables, as Grafana recognises them; a label may be quoted, too.
// https://github.com/grafana/grafana/blob/main/packages/grafana-prometheus/src/metric_find_query.ts
var (
	labelNames  = regexp.MustCompile(`^label_names\((.*)\)\s*$`)
	labelValues = regexp.MustCompile(`(?s)^label_values\((?:(.+),\s*)?"?([a-zA-Z_][a-zA-Z0-9_.]*)"?\s*\)\s*$`)
	metricNames = regexp.MustCompile(`^metrics\((.+)\)\s*$`)
	queryResult = regexp.MustCompile(`(?s)^query_result\((.+)\)\s*$`)
)

// Function is what a query variable asks for.
type Function int

// The functions of query variables.
const (
	SeriesTexts Function = iota // none: a bare selector
	LabelNames
	LabelValues
	MetricNames
	QueryResult
)

// Lookup is the query of a variable, taken apart.
type Lookup struct {
	Function Function
	Arg      string // of the function: a selector, a query, or a pattern of names; empty where there is none
	Label    string // of LabelValues
}

// ParseLookup takes the query of a variable apart, as Grafana does.
func ParseLookup(text string) Lookup {
	text = strings.TrimSpace(text)
	if m := labelValues.FindStringSubmatch(text); m != nil {
		selector := strings.TrimSpace(m[1])
		if strings.ReplaceAll(selector, " ", "") == "{}" {
			selector = ""
		}
		return Lookup{LabelValues, selector, m[2]}
	}
	if m := metricNames.FindStringSubmatch(text); m != nil {
		return Lookup{Function: MetricNames, Arg: m[1]}
	}
	if m := queryResult.FindStringSubmatch(text); m != nil {
		return Lookup{Function: QueryResult, Arg: m[1]}
	}
	if m := labelNames.FindStringSubmatch(text); m != nil {
		return Lookup{Function: LabelNames, Arg: m[1]}
	}
	return Lookup{Arg: text}
}

// lookUp runs the query of a variable on the source.
func lookUp(ctx context.Context, source Source, text string, times query.Times) ([]string, error) {
	l := ParseLookup(text)
	switch {
	case l.Function == LabelValues:
		return source.LabelValues(ctx, l.Arg, l.Label, times.From, times.To)
	case l.Function == MetricNames:
		return named(ctx, source, l.Arg, times)
	case l.Function == QueryResult:
		return results(ctx, source, l.Arg, times)
	case l.Function == LabelNames && l.Arg == "":
		return source.LabelNames(ctx, times.From, times.To)
	case l.Function == LabelNames:
		return labelsOf(ctx, source, fmt.Sprintf("{__name__=~%q}", ".*"+l.Arg+".*"), times)
	}
	return seriesTexts(ctx, source, l.Arg, times)
}

// named returns the names of metrics in which a pattern matches.
func named(ctx context.Context, source Source, pattern string, times query.Times) ([]string, error) {
	regex, err := compile(pattern, "")
	if err != nil {
		return nil, &Refused{Reason: err.Error()}
	}
	names, err := source.LabelValues(ctx, "", "__name__", times.From, times.To)
	var found []string
	for _, name := range names {
		matches, slow := regex.matches(name)
		if slow != nil {
			return nil, &Refused{Reason: slow.Error()}
		}
		if matches {
			found = append(found, name)
		}
	}
	return found, err
}

func labelsOf(ctx context.Context, source Source, selector string, times query.Times) ([]string, error) {
	series, err := source.Series(ctx, selector, times.From, times.To)
	names := map[string]bool{}
	for _, labels := range series {
		for name := range labels {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names)), err
}

// results returns the result of a query, each line as Grafana writes it: name{labels} value time.
func results(ctx context.Context, source Source, text string, times query.Times) ([]string, error) {
	samples, err := source.Samples(ctx, text, times.To)
	var lines []string
	for _, s := range samples {
		value := strconv.FormatFloat(s.Value, 'f', -1, 64)
		lines = append(lines, fmt.Sprintf("%s %s %d", SeriesText(s.Labels), value, times.To.UnixMilli()))
	}
	return lines, err
}

func seriesTexts(ctx context.Context, source Source, selector string, times query.Times) ([]string, error) {
	series, err := source.Series(ctx, selector, times.From, times.To)
	var texts []string
	for _, labels := range series {
		texts = append(texts, SeriesText(labels))
	}
	return texts, err
}

// SeriesText returns a series as Grafana writes it: name{a="b",c="d"}, labels sorted.
func SeriesText(labels map[string]string) string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		if name != "__name__" {
			pairs = append(pairs, name+`="`+labels[name]+`"`)
		}
	}
	return labels["__name__"] + "{" + strings.Join(pairs, ",") + "}"
}
