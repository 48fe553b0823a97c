package main

import (
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

func main() {
	println(promql.Scope{}.AvgOverTime(metric.Counter{Name: "requests_total"}).String())
}
