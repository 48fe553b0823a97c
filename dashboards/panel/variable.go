package panel

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// LabelValues is a variable with the name and values of a label, from the family's series within the matchers. The
// reader chooses several, or all: All is every existing value, unless AllValue is set. promql.Selected matches the
// choice.
func LabelValues(f metric.Family, label metric.Label, within ...promql.Matcher) *dashboard.QueryVariableBuilder {
	query := fmt.Sprintf("label_values(%s%s, %s)", f.Name, promql.Selector(within...), label)
	return dashboard.NewQueryVariableBuilder(string(label)).
		Label(string(label)).
		Datasource(DataSource).
		Query(dashboard.StringOrMap{String: &query}).
		Definition(query).
		Refresh(dashboard.VariableRefreshOnTimeRangeChanged).
		Sort(dashboard.VariableSortNaturalAsc).
		Multi(true).
		IncludeAll(true).
		Current(All())
}

// Custom is a variable with listed values. The first is chosen when the board opens.
func Custom(name string, values ...string) *dashboard.CustomVariableBuilder {
	b, list := dashboard.NewCustomVariableBuilder(name).Label(name), listing(values)
	if len(values) == 0 {
		return b.RecordError("values", fmt.Errorf("variable %q: %w", name, promql.Mistake("no values: list at least one")))
	}
	return b.Values(dashboard.StringOrMap{String: &list}).Current(chosen(values[0], values[0]))
}

// Interval is a variable with durations such as 1m or 6h. The first is chosen when the board opens.
func Interval(name string, lengths ...string) *dashboard.IntervalVariableBuilder {
	b, list := dashboard.NewIntervalVariableBuilder(name).Label(name), listing(lengths)
	if len(lengths) == 0 {
		return b.RecordError("values", fmt.Errorf("variable %q: %w", name, promql.Mistake("no lengths of time: list at least one")))
	}
	return b.Values(dashboard.StringOrMap{String: &list}).Current(chosen(lengths[0], lengths[0]))
}

// TextBox is a variable that the reader types; value is its text when the board opens.
func TextBox(name, value string) *dashboard.TextBoxVariableBuilder {
	return dashboard.NewTextBoxVariableBuilder(name).
		Label(name).
		DefaultValue(dashboard.StringOrMap{String: &value}).
		Current(chosen(value, value))
}

// listing writes values as Grafana lists them: separated by commas, with a backslash before a comma in a value.
func listing(values []string) string {
	escaped := make([]string, len(values))
	for i, value := range values {
		escaped[i] = strings.ReplaceAll(value, ",", `\,`)
	}
	return strings.Join(escaped, ",")
}

// chosen is a variable's choice when the board opens.
func chosen(text, value string) dashboard.VariableOption {
	return dashboard.VariableOption{
		Selected: cog.ToPtr(true),
		Text:     dashboard.StringOrArrayOfString{String: &text},
		Value:    dashboard.StringOrArrayOfString{String: &value},
	}
}
