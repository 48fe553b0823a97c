package rules

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/template"

	"gaugewright/internal/engine"
)

// External is what a server adds to everything that it sends, as templates see it.
type External struct {
	Labels map[string]string // $externalLabels
	URL    string            // $externalURL
}

// prelude defines the variables that Prometheus defines for every template of an alert.
const prelude = "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}" +
	"{{$externalURL := .ExternalURL}}{{$value := .Value}}"

// templates expands the labels and annotations of one alert.
type templates struct {
	ctx      context.Context
	engine   *engine.Engine
	external External
	alert    string
	sample   promql.Sample
	at       time.Time
}

// expand never fails. As in Prometheus, a broken template gives a text with the error, and so does one over the limits.
func (t templates) expand(text string) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	data := template.AlertTemplateData(t.sample.Metric.Map(), t.external.Labels, t.external.URL, t.sample)
	m := newMeter(prelude + text)
	t.sample.Metric.Range(func(l labels.Label) { m.longest = max(m.longest, len(l.Value)) })
	text, err := counted(prelude + text)
	if err == nil {
		_, err = m.turn()
	}
	result := ""
	if err == nil {
		expander := t.expander(text, data)
		expander.Funcs(m.functions())
		result, err = expander.Expand()
	}
	if err != nil {
		return fmt.Sprintf("<error expanding template: %s>", err)
	}
	return result
}

// expander sets no server URL for the functions externalURL and pathPrefix, like promtool.
func (t templates) expander(text string, data any) *template.Expander {
	return template.NewTemplateExpander(
		t.ctx, text, "__alert_"+t.alert, data, model.Time(t.at.UnixMilli()), t.query, nil, nil)
}

// query is the template function query.
func (t templates) query(ctx context.Context, query string, at time.Time) (promql.Vector, error) {
	result, err := t.engine.Instant(ctx, query, at)
	if err != nil {
		return nil, err
	}
	return vector(result), nil
}
