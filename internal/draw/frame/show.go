package frame

import (
	"math"
	"strconv"
	"strings"

	"gaugewright/internal/draw/number"
	"gaugewright/internal/grafana"
)

// Shown is a value as a panel shows it.
type Shown struct {
	Text     number.Text
	Number   float64 // NaN where the value is not a number
	Color    string  // "#rrggbb", as the color mode, or a mapping, makes it
	Percent  float64 // where the value is between Min and Max, from 0 to 1
	Icon     string
	IsMapped bool // the text is from a mapping
	IsNull   bool // there is no value: the text is noValue's, or empty
}

// Show shows a number by the field's mappings, unit, decimals and colors; Null is a missing one.
// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/field/displayProcessor.ts
func (f Field) Show(v float64) Shown { return f.ShowWith(v, nil) }

// ShowWith is Show with the decimals of an axis, for a field that does not set its own. Zeros at the end vanish.
func (f Field) ShowWith(v float64, decimals *int) Shown {
	var value any = v
	if IsNull(v) {
		value = nil
	}
	return f.show(value, decimals)
}

// ShowAt shows a value of the field, whatever its kind.
func (f Field) ShowAt(row int) Shown {
	switch v := f.cell(row).(type) {
	case Frame:
		return Shown{Number: math.NaN()}
	case nil:
		return f.show(nil, nil)
	default:
		return f.show(v, nil)
	}
}

// show shows a value: a number, a text, a time, true or false, or nil.
func (f Field) show(value any, decimals *int) Shown {
	unit := f.shownUnit()
	s := Shown{Number: numeric(value, unit)}
	result := f.mapped(value)
	text, hasText := "", false
	if result != nil {
		s.Icon = result.Icon
		s.Color = f.colorOf(result.Color)
		text, hasText = result.Text, result.Node.At("text").Exists()
		s.IsMapped = hasText
	}
	if s.Number == s.Number {
		if _, isBool := value.(bool); !hasText && !isBool {
			s.Text, hasText = f.format(s.Number, unit, decimals), true
		} else {
			s.Text.Text = text
		}
		color, percent := f.scale(s.Number)
		s.Percent = min(max(percent, 0), 1)
		if s.Color == "" {
			s.Color = color
		}
	} else if hasText {
		s.Text.Text = text
	}
	if !hasText {
		s.Text.Text = plainText(value)
	}
	if s.IsNull = !hasText && s.Text.Text == ""; s.IsNull {
		s.Text.Text = f.Config.NoValue
	}
	if s.Color == "" {
		s.Color, _ = f.scale(math.Inf(-1))
	}
	return s
}

// shownUnit is the unit that the values have, where the field has none of its own.
func (f Field) shownUnit() string {
	unit := f.Config.Unit
	switch {
	case f.Kind == Time && !isDate(unit):
		return "dateTimeAsSystem"
	case f.Kind == Text && unit == "":
		return "string"
	}
	return unit
}

func isDate(unit string) bool {
	return strings.HasPrefix(unit, "time:") || strings.HasPrefix(unit, "dateTime") && unit != "dateTimeAsSystem"
}

// numeric returns a value as a number; NaN where it is none.
func numeric(value any, unit string) float64 {
	if unit == "string" {
		return math.NaN()
	}
	switch v := value.(type) {
	case bool:
		if v {
			return 1
		}
		return 0
	case string:
		if n, err := strconv.ParseFloat(strings.TrimSpace(v), 64); err == nil {
			return n
		}
		return math.NaN()
	case nil:
		return math.NaN()
	}
	return numberOf(value)
}

func plainText(value any) string {
	if v, isBool := value.(bool); isBool {
		return strconv.FormatBool(v)
	}
	return textOf(value)
}

// format prints a number in the field's unit. On an axis, with decimals, zeros at the end vanish.
func (f Field) format(v float64, unit string, decimals *int) number.Text {
	own := f.decimals()
	if unit == "dateTimeAsSystem" && f.isShort() {
		unit = "time:YYYY-MM-DD HH:mm:ss.SSS"
	}
	isPlain := f.Kind == Number && own == nil && !isDate(unit) && !strings.HasPrefix(unit, "currency") &&
		!strings.HasPrefix(unit, "bool") && unit != "locale"
	if !isPlain || decimals == nil {
		return f.look.Clock.Format(v, unit, own)
	}
	t := f.look.Clock.Format(v, unit, decimals)
	if n, err := strconv.ParseFloat(t.Text, 64); err == nil {
		t.Text = number.Format(n, "string", nil).Text
	}
	return t
}

// decimals are the field's own; nil where it has none.
func (f Field) decimals() *int {
	if _, ok := f.Config.Decimals.Number(); !ok {
		return nil
	}
	n := f.Config.Decimals.Int()
	return &n
}

// isShort reports whether the times of a field are within a minute: Grafana then shows milliseconds.
func (f Field) isShort() bool {
	if f.Kind != Time || len(f.Times) < 2 {
		return false
	}
	return f.Times[len(f.Times)-1].Sub(f.Times[0]).Abs().Seconds() < 60
}

// mapped returns the mapping that a value has, if any.
func (f Field) mapped(value any) *grafana.Mapping {
	for _, m := range f.Config.Mappings {
		if text, ok := matches(m, value); ok {
			m.Text = text
			return &m
		}
	}
	return nil
}
