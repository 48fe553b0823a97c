package lint

import (
	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// edit is a certain change of a file: a piece of a text, or a value as a whole.
type edit struct {
	node   *grafana.Node
	piece  *query.Span // of the query, which begins at offset in the node's text; nil: the whole value
	offset int
	text   string // for a piece; else the new value as JSON
}
