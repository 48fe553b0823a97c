package main

import (
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

func main() {
	println(promql.Scope{}.Value(metric.Untyped{Name: "unknown"}).String())
}
