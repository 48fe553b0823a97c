package frame

import (
	"math"
	"slices"
	"strconv"
	"time"

	"gaugewright/internal/draw/number"
)

// nullBits is a NaN that no calculation makes.
const nullBits = 0x7ff8_0000_0000_6e75

// Null is a missing number.
func Null() float64 { return math.Float64frombits(nullBits) }

// IsNull reports whether a number is missing. NaN is a value.
func IsNull(v float64) bool { return math.Float64bits(v) == nullBits }

// cell returns a value: a float64, a string, a time.Time or a Frame; nil where it is missing.
func (f Field) cell(row int) any {
	switch {
	case row < 0 || row >= f.Len():
	case f.Kind == Time && !f.Times[row].IsZero():
		return f.Times[row]
	case f.Kind == Text:
		return f.Texts[row]
	case f.Kind == Nested:
		return f.Nested[row]
	case f.Kind == Number && !IsNull(f.Numbers[row]):
		return f.Numbers[row]
	}
	return nil
}

// cells returns all values.
func (f Field) cells() []any {
	all := make([]any, f.Len())
	for i := range all {
		all[i] = f.cell(i)
	}
	return all
}

// with returns the field with other values, and with their kind.
func (f Field) with(cells []any) Field {
	f.Numbers, f.Times, f.Texts, f.Nested = nil, nil, nil, nil
	f.Kind = kindOf(cells, f.Kind)
	for _, cell := range cells {
		switch f.Kind {
		case Time:
			t, _ := cell.(time.Time)
			f.Times = append(f.Times, t)
		case Text:
			f.Texts = append(f.Texts, textOf(cell))
		case Nested:
			nested, _ := cell.(Frame)
			f.Nested = append(f.Nested, nested)
		default:
			f.Numbers = append(f.Numbers, numberOf(cell))
		}
	}
	return f
}

// kindOf returns the kind that all values can have.
func kindOf(cells []any, otherwise Kind) Kind {
	kinds := map[Kind]bool{}
	for _, cell := range cells {
		switch cell.(type) {
		case float64:
			kinds[Number] = true
		case string:
			kinds[Text] = true
		case time.Time:
			kinds[Time] = true
		case Frame:
			kinds[Nested] = true
		}
	}
	for _, kind := range []Kind{Nested, Number, Time, Text} {
		if kinds[kind] && len(kinds) == 1 {
			return kind
		}
	}
	if len(kinds) > 1 {
		return Text
	}
	return otherwise
}

// pick returns the field with the values of some rows; row -1 is null.
func (f Field) pick(rows []int) Field {
	cells := make([]any, len(rows))
	for i, row := range rows {
		cells[i] = f.cell(row)
	}
	return f.with(cells)
}

func (f Frame) pick(rows []int) Frame {
	f.Fields = slices.Clone(f.Fields)
	for i, field := range f.Fields {
		f.Fields[i] = field.pick(rows)
	}
	return f
}

// textOf writes a value as JavaScript does. A missing one is empty.
func textOf(cell any) string {
	switch v := cell.(type) {
	case string:
		return v
	case float64:
		return number.Format(v, "string", nil).Text
	case time.Time:
		return strconv.FormatInt(v.UnixMilli(), 10)
	}
	return ""
}

// numberOf returns a value as a number. What is no number is null.
func numberOf(cell any) float64 {
	switch v := cell.(type) {
	case float64:
		return v
	case time.Time:
		return float64(v.UnixMilli())
	}
	return Null()
}

// column returns a field of values.
func column(name string, otherwise Kind, cells []any) Field {
	return Field{Name: name, Kind: otherwise}.with(cells)
}

// numbers returns a number field's values, or those of times in milliseconds; of others all are null.
func (f Field) numbers() []float64 {
	if f.Kind == Number {
		return f.Numbers
	}
	all := make([]float64, f.Len())
	for i := range all {
		all[i] = numberOf(f.cell(i))
	}
	return all
}
