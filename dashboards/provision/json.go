package provision

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strconv"
)

// encodeJSON writes indented JSON in the order of the struct's fields, so that a diff follows the code. It leaves out
// nil and writes empty values, whatever the tags say: the SDK's tags cannot express a threshold without a value or an
// empty list of options, and Grafana returns both. <, > and & are not escaped, so that a reviewer reads a query as in
// Go.
//
// It writes the text once. encoding/json needs three passes, and the SDK's MarshalJSON methods a fourth.
func encodeJSON(value any) ([]byte, error) {
	e := encoder{out: make([]byte, 0, 64<<10)}
	e.value(reflect.ValueOf(value))
	return append(e.out, '\n'), e.err
}

// encoder writes JSON. The first error is kept.
type encoder struct {
	out   []byte
	depth int
	err   error
}

func (e *encoder) value(v reflect.Value) {
	if isNothing(v) {
		e.out = append(e.out, "null"...)
		return
	}
	shape := shapeOf(v.Type())
	switch {
	case shape.foreign:
		e.foreign(v)
		return
	case shape.union:
		e.value(member(v))
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		e.value(v.Elem())
	case reflect.Struct:
		e.object(v, shape.fields)
	case reflect.Map:
		e.table(v)
	case reflect.Slice, reflect.Array:
		e.list(v)
	case reflect.String:
		e.out = appendText(e.out, v.String())
	case reflect.Bool:
		e.out = strconv.AppendBool(e.out, v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		e.out = strconv.AppendInt(e.out, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		e.out = strconv.AppendUint(e.out, v.Uint(), 10)
	case reflect.Float64:
		e.number(v.Float())
	default:
		e.foreign(v)
	}
}

func (e *encoder) object(v reflect.Value, fields []field) {
	begun := false
	for i := range fields {
		f := &fields[i]
		if x := v.Field(f.index); !isNothing(x) && !(f.omitZero && x.IsZero()) {
			e.next('{', &begun)
			e.out = append(e.out, f.key...)
			e.value(x)
		}
	}
	e.end("{}", begun)
}

func (e *encoder) table(v reflect.Value) {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
	begun := false
	for _, key := range keys {
		if x := v.MapIndex(key); !isNothing(x) {
			e.next('{', &begun)
			e.out = append(appendText(e.out, key.String()), ": "...)
			e.value(x)
		}
	}
	e.end("{}", begun)
}

func (e *encoder) list(v reflect.Value) {
	begun := false
	for i := range v.Len() {
		e.next('[', &begun)
		e.value(v.Index(i))
	}
	e.end("[]", begun)
}

// next begins an object or a list, or continues it.
func (e *encoder) next(open byte, begun *bool) {
	if *begun {
		e.out = append(e.out, ',')
	} else {
		e.out = append(e.out, open)
		e.depth++
		*begun = true
	}
	e.line()
}

// end closes an object or a list.
func (e *encoder) end(brackets string, begun bool) {
	if !begun {
		e.out = append(e.out, brackets...)
		return
	}
	e.depth--
	e.line()
	e.out = append(e.out, brackets[1])
}

func (e *encoder) line() {
	e.out = append(e.out, '\n')
	for range e.depth {
		e.out = append(e.out, "  "...)
	}
}

// number writes a number like encoding/json, and leaves rare ones to it.
func (e *encoder) number(f float64) {
	if size := math.Abs(f); f == 0 || 1e-6 <= size && size < 1e21 {
		e.out = strconv.AppendFloat(e.out, f, 'f', -1, 64)
		return
	}
	text, err := json.Marshal(f)
	e.fail(err)
	e.out = append(e.out, text...)
}

// foreign writes a value that marshals itself, or whose encoding is not supported here.
func (e *encoder) foreign(v reflect.Value) {
	if v.CanAddr() {
		v = v.Addr() // so that methods of the pointer count
	}
	text, err := json.Marshal(v.Interface())
	if err != nil {
		e.fail(err)
		return
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var tree any
	e.fail(decoder.Decode(&tree))
	if n, ok := tree.(json.Number); ok {
		e.out = append(e.out, n...)
		return
	}
	e.value(reflect.ValueOf(tree))
}

func (e *encoder) fail(err error) { e.err = cmp.Or(e.err, err) }
