package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Value is what a dashboard's user has chosen for a variable.
type Value struct {
	Values   []string // what is chosen; every option where All is chosen
	Multi    bool     // the variable allows several values or All: each is escaped for a regular expression
	All      bool     // All is chosen
	AllValue string   // the dashboard's own text for All; put in unchanged

	Texts      []string            // how the values are shown; nil where that is the values themselves
	Properties []map[string]string // of the values, for ${name.property}; nil where they have none
}

// field returns the texts or a property of the values, for ${name.field}.
func (v Value) field(name string) (Value, error) {
	one := Value{Multi: v.Multi, All: v.All}
	for i, value := range v.Values {
		property, ok := "", false
		if i < len(v.Properties) {
			property, ok = v.Properties[i][name]
		}
		switch {
		case ok:
			value = property
		case name == "text" && i < len(v.Texts):
			value = v.Texts[i]
		case name != "text" && name != "value":
			return v, fmt.Errorf("its value %q has no field %s", value, name)
		}
		one.Values = append(one.Values, value)
	}
	return one, nil
}

// Times are the times that macros stand for.
type Times struct {
	From, To time.Time
	Interval time.Duration // the step of the query
	Scrape   time.Duration // the data source's scrape interval, or the query's own minimum step
}

// RateInterval is $__rate_interval: at least four scrapes.
// https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval
func (t Times) RateInterval() time.Duration { return max(t.Interval+t.Scrape, 4*t.Scrape) }

// Interpolate replaces variables and macros by their values, as Grafana does before it sends a query to Prometheus. A
// variable without a value, an unknown field and an unknown format are errors; they name their place.
func Interpolate(text string, values map[string]Value, times Times) (string, error) {
	var out strings.Builder
	from := 0
	for _, v := range variablesIn(text, Span{0, len(text)}) {
		put, err := v.interpolate(values, times)
		if err != nil {
			return "", newError(text, v.Span, fmt.Sprintf("%s: %s", text[v.Span.Start:v.Span.End], err))
		}
		out.WriteString(text[from:v.Span.Start])
		out.WriteString(put)
		from = v.Span.End
	}
	out.WriteString(text[from:])
	return out.String(), nil
}

func (v Variable) interpolate(values map[string]Value, times Times) (string, error) {
	if value, ok := values[v.Name]; ok {
		if value.All && value.AllValue != "" {
			return value.AllValue, nil
		}
		if v.Field != "" {
			one, err := value.field(v.Field)
			if err != nil {
				return "", err
			}
			value = one
		}
		return value.format(v.Format)
	}
	if put, ok := times.macro(v); ok && v.Field == "" {
		return put, nil
	}
	return "", fmt.Errorf("the variable has no value")
}

// macro returns the value of a built-in variable.
func (t Times) macro(v Variable) (string, bool) {
	length := t.To.Sub(t.From)
	switch v.Name {
	case "__interval":
		return duration(t.Interval), true
	case "__interval_ms":
		return milliseconds(t.Interval), true
	case "__rate_interval":
		return duration(t.RateInterval()), true
	case "__rate_interval_ms":
		return milliseconds(t.RateInterval()), true
	case "__range":
		return duration(length.Round(time.Second)), true
	case "__range_s":
		return strconv.Itoa(int(length.Round(time.Second) / time.Second)), true
	case "__range_ms":
		return milliseconds(length), true
	case "__from":
		return instant(t.From, v.Format)
	case "__to":
		return instant(t.To, v.Format)
	}
	return "", false
}

// instant writes a time in milliseconds since 1970, or in the given format.
func instant(t time.Time, format string) (string, bool) {
	switch format {
	case "":
		return strconv.FormatInt(t.UnixMilli(), 10), true
	case "date:seconds":
		return strconv.FormatInt(t.Unix(), 10), true
	case "date", "date:iso":
		return t.UTC().Format("2006-01-02T15:04:05.000Z"), true
	}
	return "", false
}

func duration(d time.Duration) string {
	if d%time.Second == 0 {
		return strconv.Itoa(int(d/time.Second)) + "s"
	}
	return milliseconds(d) + "ms"
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
