package main

import (
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

func main() {
	println(promql.Scope{}.HistogramQuantile(0.9, metric.Summary{Name: "pause_seconds"}).String())
}
