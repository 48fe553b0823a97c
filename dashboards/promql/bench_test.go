package promql_test

import (
	"testing"

	"gaugewright/dashboards/promql"
)

// BenchmarkExpr builds what boards are mostly made of: a ratio of two rates by path. A board has some fifty of the kind.
func BenchmarkExpr(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		all := board.Where(promql.NoneOf("path", "/health", "/metrics"))
		ratio := all.Rate(failures).Sum("path").Div(all.Rate(requests).Sum("path"))
		if ratio.Err() != nil {
			b.Fatal(ratio.Err())
		}
	}
}
