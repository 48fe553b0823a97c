package panel

import (
	"strconv"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// Word shows a value as a word in a colour, for the Mappings of any panel.
func Word(value float64, text, color string) dashboard.ValueMapping {
	return dashboard.ValueMapping{ValueMap: &dashboard.ValueMap{
		Type: dashboard.MappingTypeValueToText,
		Options: map[string]dashboard.ValueMappingResult{
			strconv.FormatFloat(value, 'f', -1, 64): {Text: &text, Color: &color},
		},
	}}
}
