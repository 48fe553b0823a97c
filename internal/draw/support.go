package draw

import (
	_ "embed"
	"strings"
)

// Support is a line of the table of what is drawn: a type of panel, a transformation, a matcher, a calculation, a value
// mapping or a unit. One without a code is drawn as Grafana draws it. A line with a code is a gap: what is then drawn in a
// simpler way, or not at all.
type Support struct {
	Subject string `json:"subject"` // panel, transformation, matcher, calculation, mapping, unit, own unit, gap
	Name    string `json:"name,omitempty"`
	Code    string `json:"code,omitempty"` // … stands for a name in the board
	Text    string `json:"text,omitempty"`
}

// supported is made of the code itself: go test ./internal/draw -run TestSupport -update
//
//go:embed support.txt
var supported string

// Supported returns the table of what is drawn. Whatever is not in it is named in the picture.
func Supported() (all []Support) {
	for line := range strings.Lines(supported) {
		cells := append(strings.Split(strings.TrimSuffix(line, "\n"), "\t"), "", "", "")
		all = append(all, Support{cells[0], cells[1], cells[2], cells[3]})
	}
	return all
}
