package panel

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/promql"
)

// Annotation marks in every graph when the expression is not zero. The name of a mark comes from the labels that
// vary. A comparison keeps its left side's value: x == 0 marks nothing, 1 - x does.
func Annotation(name string, e promql.Expr) *dashboard.AnnotationQueryBuilder {
	b := dashboard.NewAnnotationQueryBuilder().
		Name(name).
		Datasource(DataSource).
		Enable(true).
		IconColor("blue").
		TitleFormat(name)
	if e.Missing() {
		return leaveOut(b)
	}
	if err := e.Err(); err != nil {
		return b.RecordError("expr", fmt.Errorf("annotation %q: %w", name, err))
	}
	return b.Expr(e.String()).TextFormat(Legend(e))
}
