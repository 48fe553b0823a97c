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

// tag is the tag by which a target's boards find each other.
func (t Target) tag() string { return strings.TrimSuffix("go-service-"+t.UIDPrefix, "-") }

// Board starts a board on processes, with the head that all of the target's boards share: the variables that choose
// processes, the links to the other boards, and a mark where a process started. question is the reader's question
// that the board answers. Graphs by process draw those with the most goroutines, unless the board sets another rank
// (panel.Board.WorstBy). A mistake in the target is an error of building the board.
func (t Target) Board(uid, title, question string, variables ...cog.Builder[dashboard.VariableModel]) *panel.Board {
	board := t.board(uid, title, question, t.others(), variables)
	if len(t.Identity) == 0 {
		return board // Target.Check reports it
	}
	up := t.Scope().Over(promql.ShownRange).MaxOverTime(metric.Up)
	return board.
		Processes(t.Identity[len(t.Identity)-1], up).
		WorstBy(goroutineCount(t.Scope()))
}

// ServiceBoard starts a board on the service as a whole. A reader chooses clusters, if there are any, but not
// processes.
func (t Target) ServiceBoard(uid, title, question string, variables ...cog.Builder[dashboard.VariableModel]) *panel.Board {
	return t.board(uid, title, question, t.clusterLabels(), variables)
}

func (t Target) board(
	uid, title, question string, chosen []metric.Label, variables []cog.Builder[dashboard.VariableModel],
) *panel.Board {
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
	for i, label := range chosen {
		within := append([]promql.Matcher{promql.Selected(metric.JobLabel)}, selected(chosen[:i])...)
		head = head.WithVariable(labelValues(metric.Family(metric.Up), label, within...))
	}
	for _, variable := range variables {
		head = head.WithVariable(variable)
	}
	return panel.NewBoard(head).Annotation(starts(t.scope(chosen).Value(golang.ProcessStartTimeSeconds)))
}

// Scope is the scope of a board: the processes that the reader chose, over Grafana's window.
func (t Target) Scope() promql.Scope { return t.scope(t.others()) }

// serviceScope is the scope of a board on the whole service.
func (t Target) serviceScope() promql.Scope { return t.scope(t.clusterLabels()) }

func (t Target) scope(chosen []metric.Label) promql.Scope {
	target := append([]promql.Matcher{promql.Selected(metric.JobLabel)}, selected(chosen)...)
	return promql.NewScope(promql.RateInterval, t.Identity, target...).Lacking(t.lacks)
}

func selected(labels []metric.Label) []promql.Matcher {
	var matchers []promql.Matcher
	for _, label := range labels {
		matchers = append(matchers, promql.Selected(label))
	}
	return matchers
}

// jobVariable offers only the target's own job, not every job of the server; so "All" must not be ".+" here.
func (t Target) jobVariable() *dashboard.QueryVariableBuilder {
	return panel.LabelValues(metric.Family(metric.Up), metric.JobLabel, promql.MatchEqual(metric.JobLabel, t.Job))
}

// labelValues is a choice within the job. "All" includes processes that start later. For processes the series are
// up's, so that those that are down can be chosen too.
func labelValues(f metric.Family, label metric.Label, within ...promql.Matcher) *dashboard.QueryVariableBuilder {
	return panel.LabelValues(f, label, within...).AllValue(".+")
}

// starts marks where a process started: most steps in a graph begin there. Grafana needs milliseconds.
func starts(started promql.Expr) *dashboard.AnnotationQueryBuilder {
	return panel.Annotation("Process start", started.Mul(promql.Number(1000))).UseValueForTime(true).TitleFormat("started")
}

// to links to a board with all of the reader's choices.
func (t Target) to(uid string) []cog.Builder[dashboard.DashboardLink] {
	variables := t.others()
	if uid == "go-http" {
		variables = t.clusterLabels() // the board on the whole service
	}
	return []cog.Builder[dashboard.DashboardLink]{t.link("Open "+t.UID(uid), uid, variables)}
}

// link links from a row of a table to a board, with the row's own values chosen there. The reader's other choices in
// this board's variables, the time and the data source stay.
func (t Target) link(title, uid string, variables []metric.Label, row ...metric.Label) *dashboard.DashboardLinkBuilder {
	url := "/d/" + t.UID(uid) + "?${__url_time_range}&${datasource:queryparam}"
	for _, label := range row {
		url += fmt.Sprintf("&var-%s=${__data.fields[%q]}", label, label)
	}
	for _, label := range append([]metric.Label{metric.JobLabel}, variables...) {
		if !slices.Contains(row, label) {
			url += fmt.Sprintf("&${%s:queryparam}", label)
		}
	}
	return dashboard.NewDashboardLinkBuilder(title).Type(dashboard.DashboardLinkTypeLink).Icon("external link").Url(url)
}
