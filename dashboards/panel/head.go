package panel

import (
	"errors"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// Variable adds a variable to the board: LabelValues, Custom, Interval, TextBox, or any of the SDK's own.
func (b *Board) Variable(variable cog.Builder[dashboard.VariableModel]) *Board {
	if _, err := variable.Build(); b.shows(err) {
		b.head.WithVariable(variable)
	}
	return b
}

// Annotation marks events in every graph of the board. It is left out if the target does not have its metrics.
func (b *Board) Annotation(annotation cog.Builder[dashboard.AnnotationQuery]) *Board {
	if _, err := annotation.Build(); b.shows(err) {
		b.head.Annotation(annotation)
	}
	return b
}

// Link puts a link above the board's panels.
func (b *Board) Link(link cog.Builder[dashboard.DashboardLink]) *Board {
	if _, err := link.Build(); b.shows(err) {
		b.head.Link(link)
	}
	return b
}

// shows reports whether the board shows what was built. It keeps mistakes until the board is built.
func (b *Board) shows(err error) bool {
	if err == nil {
		return true
	}
	for _, mistake := range mistakes(err) {
		b.errs = append(b.errs, errors.New(mistake.Message))
	}
	return false
}
