// Command gen writes provisioning/, which Grafana and Prometheus mount for the shop.
package main

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"example.com/shop/catalogue"
	"gaugewright/dashboards"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/provision"
)

func main() {
	shop := dashboards.Promhttp
	shop.Job, shop.Address = "shop", "shop:8080"
	shop.Exposes = catalogue.All
	shop.HTTP.Probes = nil // only people ask for what is counted
	provision.Main(shop, append(dashboards.All, money)...)
}

func money(t dashboards.Target) cog.Builder[dashboard.Dashboard] {
	return t.Board("shop-money", "Shop / Money", "Do we earn any?").Row("Takings").Line(8, panel.TimeSeries("Takings",
		"Euros an hour. None while people ask for /buy: look for their errors on the HTTP board.",
		panel.PerHour.Of(t.Scope().Rate(catalogue.ShopTakingsEurosTotal))))
}
