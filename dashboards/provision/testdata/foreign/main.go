// Command gen is the generator of somebody else's service, with the mistake that the environment names in MISTAKE.
package main

import (
	"os"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards"
	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
	"gaugewright/dashboards/provision"
)

// busyRed is where the panel is red and the alert fires.
const busyRed = 0.9

func busy(s promql.Scope) promql.Expr { return s.Rate(golang.ProcessCPUSecondsTotal) }

func busyPanel(t dashboards.Target) *timeseries.PanelBuilder {
	return panel.TimeSeries("Busy", "Cores used.", panel.Cores.Of(busy(t.Scope())).Steps(0.5, busyRed))
}

func filesPanel(t dashboards.Target) *timeseries.PanelBuilder {
	return panel.TimeSeries("Files", "Descriptors open.", panel.Of(t.Scope().Value(golang.ProcessOpenFDs)).Steps(0.5, busyRed))
}

func workers(t dashboards.Target) cog.Builder[dashboard.Dashboard] {
	board := t.Board("shop-workers", "Shop / Workers", "Are they busy?").Row("Now").Line(8, busyPanel(t), filesPanel(t))
	switch os.Getenv("MISTAKE") {
	case "stat of many series":
		board.Line(4, panel.Stat("Busiest", "Cores used.", busy(t.Scope())))
	case "one title in two rows":
		board.Row("Later").
			Line(8, busyPanel(t))
	case "empty row":
		board.Row("Nothing")
	}
	return board
}

func workersRules(t dashboards.Target) []alert.Group {
	a := alert.Alert{
		Name: "ShopBusy", Severity: alert.Warning, For: 10 * time.Minute, Panel: busyPanel(t),
		Quantity: busy, Limit: busyRed,
		Summary: "uses {{ $value }} cores", Description: "Start another worker.",
	}
	switch os.Getenv("MISTAKE") {
	case "wrong panel":
		a.Panel = filesPanel(t)
	case "panel on no board":
		a.Panel = filesPanel(t).Title("Busy for long")
	case "panel asks otherwise":
		a.Panel = filesPanel(t).Title("Busy")
	case "limit off the steps":
		a.Limit = 0.8
	case "nanoseconds":
		a.For = 10
	case "no name":
		a.Name = ""
	case "job lost":
		a.Guard = func(_ promql.Scope, e promql.Expr) promql.Expr { return e.Max() }
	case "unknown label":
		a.Guard = func(_ promql.Scope, e promql.Expr) promql.Expr { return e.Max("job", "shelf") }
	case "group without a name":
		return []alert.Group{{Alerts: []alert.Alert{a}}}
	case "twice in a group":
		return []alert.Group{{Name: "workers", Alerts: []alert.Alert{a, a}}}
	}
	return []alert.Group{{Name: "workers", Alerts: []alert.Alert{a}}}
}

func moreRules(t dashboards.Target) []alert.Group {
	return []alert.Group{{Name: "more", Alerts: workersRules(t)[0].Alerts}}
}

func main() {
	shop := dashboards.Promhttp
	shop.Job, shop.Address = "shop", "shop:8080"
	shop.HTTP.Duration.Buckets = []float64{0.1, 0.5, 1}
	service := provision.Service{
		Target: shop,
		Boards: append(dashboards.All, workers),
		Rules:  append(dashboards.Rules, dashboards.RuleFile{Name: "shop-workers", Groups: workersRules}),
	}
	switch os.Getenv("MISTAKE") {
	case "twice over files":
		service.Rules = append(service.Rules, dashboards.RuleFile{Name: "shop-more", Groups: moreRules})
	case "one file twice":
		service.Rules = append(service.Rules, dashboards.RuleFile{Name: "shop-workers", Groups: moreRules})
	case "board not made":
		service.Boards = dashboards.All
	case "file mistyped":
		service.Rules[len(service.Rules)-1].Name = "shop-wokers"
	case "ours forgotten":
		service.Rules = service.Rules[len(dashboards.Rules):]
	case "objective off the edges":
		service.Target.SLO.Latency = 300 * time.Millisecond
	case "no identity":
		service.Target.Identity = []metric.Label{}
	case "runbooks in a folder":
		service.Target.Routing.Runbooks = "docs/runbooks"
	}
	provision.Main(service)
}
