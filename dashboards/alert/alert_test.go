package alert_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards"
	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// threads is what the alert of these tests judges, and starts a counter for panels in another scale.
func threads(s promql.Scope) promql.Expr { return s.Value(golang.GoThreads) }

func starts(s promql.Scope) promql.Expr {
	return s.Rate(golang.GoSchedGoroutinesCreatedGoroutinesTotal)
}

// The panels of the board that each alert is held against.
func panels(s promql.Scope) map[string]cog.Builder[dashboard.Panel] {
	return map[string]cog.Builder[dashboard.Panel]{
		"aggregated":   panel.Stat("Threads", "What it shows. What to do.", panel.Of(threads(s).Max()).Steps(100, 200)),
		"scaled":       panel.TimeSeries("Starts", "What it shows. What to do.", panel.PerMinute.Of(starts(s)).Steps(1, 2)),
		"a column":     panel.Table("Processes", "What it shows. What to do.", panel.Col("Threads", panel.Of(threads(s).Max("job", "instance")).Steps(100, 200))),
		"narrowed":     panel.TimeSeries("One process", "What it shows. What to do.", panel.Of(threads(s.Where(promql.Selected("instance")))).Steps(100, 200)),
		"over time":    panel.TimeSeries("Gained", "What it shows. What to do.", panel.Number.Of(s.Delta(golang.GoThreads)).Steps(100, 200)),
		"in the past":  panel.TimeSeries("Before", "What it shows. What to do.", panel.Of(threads(s.Offset(time.Hour))).Steps(100, 200)),
		"another":      panel.TimeSeries("Goroutines", "What it shows. What to do.", panel.Of(s.Value(golang.GoGoroutines)).Steps(100, 200)),
		"without step": panel.TimeSeries("Plain threads", "What it shows. What to do.", threads(s)),
		"alert list":   panel.Alerts("Alerts", "What fires. What to do.", ""),
	}
}

// service is our app with a board of these panels.
func service(t *testing.T) (alert.Service, map[string]cog.Builder[dashboard.Panel]) {
	t.Helper()
	target := dashboards.App
	all := panels(target.Scope())
	board := target.Board("test", "Test", "").Row("All")
	for _, name := range []string{"aggregated", "scaled", "a column", "narrowed", "over time", "in the past", "another", "without step", "alert list"} {
		board = board.Line(8, all[name])
	}
	built, err := board.Build()
	if err != nil {
		t.Fatal(err)
	}
	return alert.Service{
		Alerts: target.AlertScope(), Panels: target.Scope(), Boards: alert.Boards{built},
		Routing: alert.Routing{Grafana: "https://grafana.example.com"},
	}, all
}

func whole(p cog.Builder[dashboard.Panel]) alert.Alert {
	return alert.Alert{
		Name: "Example", Severity: alert.Warning, For: time.Minute, Panel: p, Quantity: threads, Limit: 200,
		Summary: "has threads", Description: "Look.",
	}
}

// Each of these alerts fits its panel, in whatever form that draws it.
func TestPanelsThatDraw(t *testing.T) {
	s, panels := service(t)
	for _, name := range []string{"aggregated", "a column", "scaled", "narrowed", "another", "alert list"} {
		a := whole(panels[name])
		switch name {
		case "scaled":
			a.Quantity, a.Limit = starts, 2
		case "another", "alert list": // with no limit there is nothing to draw
			a.Limit = 0
		}
		built, err := alert.Group{Alerts: []alert.Alert{a}}.Build(s)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		link := "https://grafana.example.com/d/test?var-job={{ $labels.job | urlquery }}&var-instance={{ $labels.instance | urlquery }}"
		if got := built.Rules[0].Annotations["dashboard_url"]; got != link {
			t.Errorf("%s: the link is %s", name, got)
		}
	}
}

// An alert without one of its parts, or with parts that do not fit, is refused.
func TestMistakes(t *testing.T) {
	s, panels := service(t)
	for _, c := range []struct {
		change func(*alert.Alert)
		want   string
	}{
		{func(a *alert.Alert) { a.Name = "" }, "alert without a name (rules.go:7): give it a Name"},
		{func(a *alert.Alert) { a.Severity = "" }, "has no Severity: give alert.Warning, or alert.Critical to page somebody"},
		{func(a *alert.Alert) { a.Summary = "" }, "has no Summary: give one line that goes on after the name of the process"},
		{func(a *alert.Alert) { a.Description = "" }, "has no Description: give what it means and the first steps, all that its reader has without a runbook"},
		{func(a *alert.Alert) { a.Quantity = nil }, "has no Quantity"},
		{func(a *alert.Alert) { a.Panel = nil }, "has no Panel"},
		{func(a *alert.Alert) { a.For = 10 }, "For is 10ns: write 10*time.Minute for ten minutes"},
		{func(a *alert.Alert) { a.For = -time.Minute }, "For is -1m0s"},
		{func(a *alert.Alert) { a.Panel = panels["another"] }, `its panel "Goroutines" on test does not draw its quantity, ` + "`go_threads{"},
		{func(a *alert.Alert) { a.Panel = panels["over time"] }, `its panel "Gained" on test does not draw its quantity`},
		{func(a *alert.Alert) { a.Panel = panels["in the past"] }, `its panel "Before" on test does not draw its quantity`},
		{func(a *alert.Alert) { a.Panel = panels["alert list"] }, `its panel "Alerts" on test does not draw its quantity`},
		{func(a *alert.Alert) { a.Panel = panels["without step"] }, `its limit 200 is not a colour step of its panel "Plain threads" on test, which has none`},
		{func(a *alert.Alert) { a.Limit = 150 }, `its limit 150 is not a colour step of its panel "Threads" on test, which has 100 and 200`},
		{func(a *alert.Alert) { a.Panel, a.Quantity, a.Limit = panels["scaled"], starts, 120 }, "which has 60 and 120"},
		{func(a *alert.Alert) {
			a.Panel = panel.Stat("Elsewhere", "What it shows. What to do.", threads(s.Panels).Max())
		}, `its panel "Elsewhere" is not on a board of the service`},
		{func(a *alert.Alert) {
			a.Panel = panel.Stat("Threads", "What it shows. What to do.", starts(s.Panels).Max())
		}, `its panel "Threads" has other queries than the one on test`},
		{func(a *alert.Alert) {
			a.Panel = panel.Stat("Threads", "What it shows. What to do.", threads(s.Panels).Sum("path"))
		}, "its panel cannot be built: "},
		{func(a *alert.Alert) {
			a.Guard = func(_ promql.Scope, e promql.Expr) promql.Expr { return e.Max("instance") }
		}, "has lost the label job"},
		{func(a *alert.Alert) {
			a.Guard = func(_ promql.Scope, e promql.Expr) promql.Expr { return e.Sum("path") }
		}, "alert_test.go:"},
	} {
		a := whole(panels["aggregated"])
		c.change(&a)
		s.Place = func(name string) string { return "rules.go:7" }
		_, err := alert.Group{Alerts: []alert.Alert{a}}.Build(s)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "alert "+cmp.Or(a.Name, "without a name")+" (rules.go:7): ") {
			t.Errorf("the error is %v, want %s", err, c.want)
		}
	}
}

// One mistake does not hide another.
func TestAllMistakesAtOnce(t *testing.T) {
	s, panels := service(t)
	first, second := whole(panels["another"]), whole(panels["aggregated"])
	first.Name, second.Name, second.Limit = "First", "Second", 1
	_, err := alert.Group{Alerts: []alert.Alert{first, second}}.Build(s)
	if err == nil || !strings.Contains(err.Error(), "alert First: ") || !strings.Contains(err.Error(), "alert Second: ") {
		t.Errorf("the error is %v", err)
	}
}

// A link chooses only in variables that its board has.
func TestLinksNameVariablesThatAreThere(t *testing.T) {
	s, panels := service(t)
	variables := &s.Boards[0].Templating.List
	*variables = slices.DeleteFunc(slices.Clone(*variables), func(v dashboard.VariableModel) bool { return v.Name == "instance" })
	built, err := alert.Group{Alerts: []alert.Alert{whole(panels["aggregated"])}}.Build(s)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := built.Rules[0].Annotations["dashboard_url"], "https://grafana.example.com/d/test?var-job={{ $labels.job | urlquery }}"; got != want {
		t.Errorf("the link is %s, want %s", got, want)
	}
}

// An alert leads to the last board that has its panel: overviews come first.
func TestLastBoard(t *testing.T) {
	s, panels := service(t)
	again := s.Boards[0]
	again.Uid = cog.ToPtr("subject")
	s.Boards = append(s.Boards, again)
	built, err := alert.Group{Alerts: []alert.Alert{whole(panels["aggregated"])}}.Build(s)
	if err != nil {
		t.Fatal(err)
	}
	if got := built.Rules[0].Annotations["dashboard_url"]; !strings.Contains(got, "/d/subject?") {
		t.Errorf("the link is %s", got)
	}
}

// Links need addresses; a runbook's is its folder's.
func TestRouting(t *testing.T) {
	s, panels := service(t)
	for _, c := range []struct {
		routing alert.Routing
		runbook string
		wrong   string
	}{
		{alert.Routing{}, "", ""},
		{alert.Routing{Runbooks: "https://wiki.example.com/runbooks"}, "https://wiki.example.com/runbooks/Example.md", ""},
		{alert.Routing{Runbooks: "docs/runbooks"}, "", `Routing.Runbooks is "docs/runbooks"`},
		{alert.Routing{Runbooks: "https://wiki.example.com/"}, "", `Routing.Runbooks is "https://wiki.example.com/"`},
		{alert.Routing{Grafana: "grafana:3000"}, "", `Routing.Grafana is "grafana:3000"`},
	} {
		if err := c.routing.Check(); (err != nil) != (c.wrong != "") || err != nil && !strings.HasPrefix(err.Error(), c.wrong) {
			t.Errorf("%v: %v, want %q", c.routing, err, c.wrong)
		} else if err != nil {
			continue
		}
		s.Routing = c.routing
		built, err := alert.Group{Alerts: []alert.Alert{whole(panels["aggregated"])}}.Build(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := built.Rules[0].Annotations["runbook_url"]; got != c.runbook {
			t.Errorf("%v: the runbook is at %q, want %q", c.routing, got, c.runbook)
		}
	}
}
