// Command gen writes provisioning/, which Grafana and Prometheus mount for the shop.
package main

import (
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"example.com/shop/catalogue"
	"gaugewright/dashboards"
	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
	"gaugewright/dashboards/provision"
)

func main() {
	shop := dashboards.Promhttp
	shop.Job, shop.Address = "shop", "shop:8080"
	shop.Exposes = catalogue.All
	shop.HTTP.Probes = nil // every counted request is a customer's
	provision.Main(provision.Service{
		Target: shop,
		Boards: append(dashboards.All, money),
		Rules:  append(dashboards.Rules, dashboards.RuleFile{Name: "shop-money", Groups: moneyRules}),
	})
}

func money(t dashboards.Target) cog.Builder[dashboard.Dashboard] {
	return t.Board("shop-money", "Shop / Money", "Do we earn any?").Row("Takings").Line(8, takings(t))
}

// tooMuch is an implausible income, in euros a second.
const tooMuch = 100

func earned(s promql.Scope) promql.Expr { return s.Rate(catalogue.ShopTakingsEurosTotal) }

func takings(t dashboards.Target) *timeseries.PanelBuilder {
	return panel.TimeSeries("Takings",
		"Euros an hour. None while people ask for /buy: look for their errors on the HTTP board.",
		panel.PerHour.Of(earned(t.Scope())).Steps(tooMuch/2, tooMuch))
}

func moneyRules(t dashboards.Target) []alert.Group {
	return []alert.Group{{Name: "money", Alerts: []alert.Alert{{
		Name: "ShopTakingsTooHigh", Severity: alert.Warning, For: 10 * time.Minute,
		Panel: takings(t), Quantity: earned, Limit: tooMuch,
		Summary:     "takes {{ $value | humanize }} euros a second",
		Description: "Nobody buys that much: is a price wrong, or does somebody try stolen cards? Stop selling until you know.",
	}}}}
}
