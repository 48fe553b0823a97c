package diff

import (
	"strings"

	"gaugewright/internal/grafana"
)

// bindings are the data sources that the inputs of an export stand for.
type bindings struct {
	isInput map[string]bool
	bound   map[string]string
}

func newBindings(boards ...*grafana.Board) *bindings {
	b := &bindings{map[string]bool{}, map[string]string{}}
	for _, board := range boards {
		for _, input := range board.Inputs {
			if input.Type == "datasource" {
				b.isInput["${"+input.Name+"}"] = true
			}
		}
	}
	return b
}

// same reports whether a difference is only that one side names the data source and the other asks for it.
func (b *bindings) same(one difference) bool {
	if b == nil || !strings.HasSuffix(one.path, "datasource.uid") {
		return false
	}
	input, uid := one.old.text, one.new.text
	if !b.isInput[input] {
		input, uid = uid, input
	}
	if !b.isInput[input] || uid == "" {
		return false
	}
	if b.bound[input] == "" {
		b.bound[input] = uid
	}
	return b.bound[input] == uid
}
