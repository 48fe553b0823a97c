package dashboards

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// tag is what a target's boards find each other by.
func (t Target) tag() string { return strings.TrimSuffix("go-service-"+t.UIDPrefix, "-") }

// Board starts a board with the head that all of the target's boards share: the variables that choose processes, the links to
// the other boards, and a mark where a process started. The question is what a reader comes to the board with. What is wrong
// with the target is an error of building the board.
func (t Target) Board(uid, title, question string, variables ...cog.Builder[dashboard.VariableModel]) *panel.Board {
	head := dashboard.NewDashboardBuilder(t.TitlePrefix+title).
		Uid(t.UID(uid)).
		Description(question).
		Tags([]string{t.tag()}).
		Tooltip(dashboard.DashboardCursorSyncCrosshair).
		Time("now-"+string(t.lasting(time.Hour)), "now").
		Refresh("30s").
		Link(dashboard.NewDashboardLinkBuilder("Go boards").
			Type(dashboard.DashboardLinkTypeDashboards).
			Icon("dashboard").
			Tags([]string{t.tag()}).
			AsDropdown(true).
			IncludeVars(true).
			KeepTime(true)).
		WithVariable(dashboard.NewDatasourceVariableBuilder("datasource").Label("Data source").Type("prometheus")).
		WithVariable(t.jobVariable())
	if err := t.Check(); err != nil {
		head = head.RecordError("target", err)
	}
	if started := t.Scope().Value(golang.ProcessStartTimeSeconds); started.Has() {
		head = head.Annotation(starts(started))
	}
	for i, label := range t.others() {
		within := append([]promql.Matcher{promql.Selected(metric.JobLabel)}, selected(t.others()[:i])...)
		head = head.WithVariable(labelValues(metric.Family(metric.Up), label, within...))
	}
	for _, variable := range variables {
		head = head.WithVariable(variable)
	}
	return panel.NewBoard(head)
}

// Scope is what a board sees: the processes that the reader chose, over Grafana's window.
func (t Target) Scope() promql.Scope {
	target := append([]promql.Matcher{promql.Selected(metric.JobLabel)}, selected(t.others())...)
	return promql.NewScope(promql.RateInterval, t.Identity, target...).Lacking(t.lacks)
}

func selected(labels []metric.Label) []promql.Matcher {
	var matchers []promql.Matcher
	for _, label := range labels {
		matchers = append(matchers, promql.Selected(label))
	}
	return matchers
}

// jobVariable offers the target's own job only, not every job of the server; so "All" must not be ".+" here.
func (t Target) jobVariable() *dashboard.QueryVariableBuilder {
	return choice(metric.Family(metric.Up), metric.JobLabel, promql.MatchEqual(metric.JobLabel, t.Job))
}

// labelValues is a choice within the job, where "All" is whatever there is: processes that start later too.
func labelValues(f metric.Family, label metric.Label, within ...promql.Matcher) *dashboard.QueryVariableBuilder {
	return choice(f, label, within...).AllValue(".+")
}

// choice is a variable that lets the reader choose among a label's values: several, or all. The series are up's where
// processes are chosen, so that those that are down can be chosen too.
func choice(f metric.Family, label metric.Label, within ...promql.Matcher) *dashboard.QueryVariableBuilder {
	query := fmt.Sprintf("label_values(%s%s, %s)", f.Name, promql.Selector(within...), label)
	return dashboard.NewQueryVariableBuilder(string(label)).
		Label(string(label)).
		Datasource(panel.DataSource).
		Query(dashboard.StringOrMap{String: &query}).
		Definition(query).
		Refresh(dashboard.VariableRefreshOnTimeRangeChanged).
		Sort(dashboard.VariableSortNaturalAsc).
		Multi(true).
		IncludeAll(true).
		Current(all())
}

// all is the variable's choice when the board opens.
func all() dashboard.VariableOption {
	text, value := "All", "$__all"
	return dashboard.VariableOption{
		Selected: cog.ToPtr(true),
		Text:     dashboard.StringOrArrayOfString{String: &text},
		Value:    dashboard.StringOrArrayOfString{String: &value},
	}
}

// starts marks where a process started: most steps in a graph begin there. Grafana wants milliseconds.
func starts(started promql.Expr) *dashboard.AnnotationQueryBuilder {
	started = started.Mul(promql.Number(1000))
	mark := dashboard.NewAnnotationQueryBuilder()
	if err := started.Err(); err != nil {
		mark = mark.RecordError("process start", err)
	}
	return mark.
		Name("Process start").
		Datasource(panel.DataSource).
		Enable(true).
		IconColor("blue").
		Expr(started.String()).
		UseValueForTime(true).
		TitleFormat("started").
		TextFormat(panel.Legend(started))
}

// to is a link to a board with all that the reader chose.
func (t Target) to(uid string) []cog.Builder[dashboard.DashboardLink] {
	return []cog.Builder[dashboard.DashboardLink]{t.link("Open "+t.UID(uid), uid)}
}

// link leads from a row of a table to a board: the row's own values are chosen there, and what else the reader chose, the
// time and the data source stay.
func (t Target) link(title, uid string, row ...metric.Label) *dashboard.DashboardLinkBuilder {
	url := "/d/" + t.UID(uid) + "?${__url_time_range}&${datasource:queryparam}"
	for _, label := range row {
		url += fmt.Sprintf("&var-%s=${__data.fields[%q]}", label, label)
	}
	for _, label := range append([]metric.Label{metric.JobLabel}, t.others()...) {
		if !slices.Contains(row, label) {
			url += fmt.Sprintf("&${%s:queryparam}", label)
		}
	}
	return dashboard.NewDashboardLinkBuilder(title).Type(dashboard.DashboardLinkTypeLink).Icon("external link").Url(url)
}
