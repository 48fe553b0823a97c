package main

import (
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

func main() {
	println(promql.Scope{}.Rate(metric.Gauge{Name: "goroutines"}).String())
}
