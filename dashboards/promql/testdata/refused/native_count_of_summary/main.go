package main

import (
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

func main() {
	println(promql.Scope{}.HistogramCount(metric.Summary{Name: "pause_seconds"}).String())
}
