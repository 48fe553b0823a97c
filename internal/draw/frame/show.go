package frame

import "gaugewright/internal/draw/number"

// Shown is a value as a panel shows it.
type Shown struct {
	Text     number.Text
	Number   float64 // NaN where the value is not a number
	Color    string  // as Look makes it; empty where Grafana uses the color of text
	Percent  float64 // where the value is between Min and Max, from 0 to 1
	Icon     string
	IsMapped bool // the text is from a mapping
	IsNull   bool // there is no value: the text is noValue's, or empty
}

// Show shows a number by the field's mappings, unit, decimals and colors. NaN is null.
func (f Field) Show(v float64) Shown { return f.ShowWith(v, nil) }

// ShowWith is Show with the decimals of an axis, for a field that does not set its own.
func (f Field) ShowWith(v float64, decimals *int) Shown {
	if f.Config.Decimals.Exists() {
		n := f.Config.Decimals.Int()
		decimals = &n
	}
	return Shown{Text: f.look.Clock.Format(v, f.Config.Unit, decimals), Number: v}
}

// ShowText shows a text by the field's mappings.
func (f Field) ShowText(s string) Shown { return Shown{Text: number.Text{Text: s}} }

// ShowAt shows a value of the field, whatever its kind.
func (f Field) ShowAt(row int) Shown {
	switch f.Kind {
	case Time:
		return f.Show(float64(f.Times[row].UnixMilli()))
	case Text:
		return f.ShowText(f.Texts[row])
	case Nested:
		return Shown{}
	}
	return f.Show(f.Numbers[row])
}

// Color returns the color of the field as a whole, such as that of its line: the fixed or the palette's color, or the
// one of its last, least or greatest value.
func (f Field) Color() string { return "" }
