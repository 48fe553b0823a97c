// Package promqltest checks queries that code gives as text, with promql.Text, against a catalogue of metrics. It is
// for a test of your own: it uses Prometheus's parser, which a generator should not link. In the test, build what the
// generator builds: every board, alert and recording rule; see the example of Check.
//
// It does not know the kinds of metrics (rate of a gauge); verify reads them from a service's page. It does not
// evaluate queries.
package promqltest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
	"gaugewright/internal/query"
)

// Check fails the test for each mistake in a text that build uses, with the file and line of the call: text that does
// not parse, a metric that is not in the catalogue, a label that its series do not have, and a dimension or labels of
// the result other than those given to promql.Text. The target's labels are those that scraping adds to every series,
// such as job and instance. Metrics of Prometheus itself, such as up, need not be in the catalogue.
func Check(t testing.TB, catalogue metric.Catalogue, target []metric.Label, build func()) {
	t.Helper()
	for _, mistake := range Mistakes(catalogue, target, build) {
		t.Error(mistake)
	}
}

// Mistakes returns what Check fails for, each a *promql.Error, in the order of the calls.
func Mistakes(catalogue metric.Catalogue, target []metric.Label, build func()) []error {
	var mistakes []error
	for _, text := range promql.Texts(build) {
		c := check{Written: text, series: newSeries(catalogue, target, text.Query)}
		c.all()
		mistakes = append(mistakes, c.mistakes...)
	}
	return mistakes
}

type check struct {
	promql.Written
	series   series
	mistakes []error
}

func (c *check) mistake(format string, args ...any) {
	c.mistakes = append(c.mistakes, &promql.Error{File: c.File, Line: c.Line, Reason: fmt.Sprintf(format, args...)})
}

func (c *check) all() {
	q, err := query.Parse(c.Query)
	if err != nil {
		c.mistake("`%s` does not parse: %v", c.Query, err)
		return
	}
	if _, err := query.Parse("(" + c.Query + ")"); err != nil {
		c.mistake("`%s` ends in a comment, which would swallow the text after it", c.Query)
	}
	c.metrics(q)
	c.labels(q)
	c.dimension(q)
}

func (c *check) metrics(q *query.Query) {
	for _, selector := range q.Selectors() {
		known, ok := c.series.of(selector.Metric)
		switch {
		case ok:
			c.matchers(selector, known.Labels)
		case selector.Metric != "" && !strings.Contains(selector.Metric, "$"):
			c.mistake("%s is not in the catalogue%s", selector.Metric, meant(selector.Metric, c.series.names))
		}
	}
}

func (c *check) matchers(selector query.Selector, labels []string) {
	for _, m := range selector.Matchers {
		if m.Op != "" && !strings.Contains(m.Label, "$") && !slices.Contains(labels, m.Label) {
			c.mistake("%s has no label %s%s", selector.Metric, m.Label, meant(m.Label, labels))
		}
	}
}

// labels compares the result's labels with those given to Text, both ways: without a label, a line loses its name.
func (c *check) labels(q *query.Query) {
	carried, problems := q.Labels(c.series.of)
	for _, problem := range problems {
		c.mistake("`%s`: %s", c.Query, problem.Message)
	}
	stated := map[string]bool{}
	for _, label := range c.Labels {
		if stated[string(label)] = true; !carried.Has(string(label)) {
			c.mistake("the result has no label %s%s", label, meant(string(label), carried.Names))
		}
	}
	if carried.Open {
		return // the metric is named already, or a variable stands for labels
	}
	for _, name := range carried.Names {
		if !stated[name] {
			c.mistake("the result has the label %s too: give it to Text", name)
		}
	}
}

// dimension compares what the values measure with the dimension given to Text, where it is known.
func (c *check) dimension(q *query.Query) {
	is, problems := q.Dimension(c.series.of)
	for _, problem := range problems {
		c.mistake("`%s`: %s", c.Query, problem.Message)
	}
	said := c.Dimension
	if !is.Known || is.Number || is.Bytes == said.Bytes && is.Seconds == said.Seconds && (is.Ten == said.Pow10 || is.Scaled) {
		return
	}
	measured := promql.Dimension{Bytes: is.Bytes, Seconds: is.Seconds, Pow10: is.Ten}
	c.mistake("`%s` is %s, but Text got %s", c.Query, measured, said)
}
