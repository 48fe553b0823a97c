package provision

import (
	"cmp"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// isNothing reports whether there is nothing to write.
func isNothing(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Interface:
		return v.IsNil() || isNothing(v.Elem())
	case reflect.Map, reflect.Slice:
		return v.IsNil()
	case reflect.Struct:
		return shapeOf(v.Type()).union && isNothing(member(v))
	}
	return false
}

// member returns the field of a union that is set.
func member(v reflect.Value) reflect.Value {
	for i := range v.NumField() {
		if f := v.Field(i); !f.IsZero() {
			return f
		}
	}
	return reflect.Value{}
}

// shape is how the values of a type are written.
type shape struct {
	foreign bool    // by encoding/json
	union   bool    // as the one field that is set
	fields  []field // of a struct
}

// field is a field of a struct.
type field struct {
	index    int
	key      string // with quotes and colon
	omitZero bool
}

// shapes holds the shapes of the types seen so far.
var shapes sync.Map

// unnamed is the shape of a value whose type has no methods.
var unnamed shape

func shapeOf(t reflect.Type) *shape {
	if t.Kind() == reflect.Pointer || t.PkgPath() == "" && t.Kind() < reflect.Array {
		return &unnamed
	}
	if known, ok := shapes.Load(t); ok {
		return known.(*shape)
	}
	made := newShape(t)
	shapes.Store(t, &made)
	return &made
}

var (
	marshaler     = reflect.TypeFor[json.Marshaler]()
	textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
)

// sdk is the path of the SDK's types. There, a type that marshals itself is a union: the one field that is set is
// written in its place.
const sdk = "github.com/grafana/grafana-foundation-sdk/go/"

func newShape(t reflect.Type) shape {
	if t.Kind() == reflect.Struct && t.Implements(marshaler) && strings.HasPrefix(t.PkgPath(), sdk) {
		return shape{union: true}
	}
	pointer := reflect.PointerTo(t)
	switch {
	case t.Kind() == reflect.Interface:
		return shape{}
	case pointer.Implements(marshaler), pointer.Implements(textMarshaler), t == reflect.TypeFor[json.Number]():
		return shape{foreign: true}
	case t.Kind() == reflect.Map:
		return shape{foreign: t.Key() != reflect.TypeFor[string]()}
	case t.Kind() == reflect.Slice:
		return shape{foreign: t.Elem().Kind() == reflect.Uint8}
	case t.Kind() == reflect.Struct:
		return structShape(t)
	}
	return shape{}
}

func structShape(t reflect.Type) shape {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous || strings.Contains(options, "string"):
			return shape{foreign: true}
		case !f.IsExported() || name == "-":
			continue
		}
		key := fmt.Sprintf("%s: ", appendText(nil, cmp.Or(name, f.Name)))
		fields = append(fields, field{i, key, strings.Contains(options, "omitempty")})
	}
	return shape{fields: fields}
}
