package query

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Value is what a dashboard's user has chosen for a variable.
type Value struct {
	Values   []string // what is chosen; every option where All is chosen
	Texts    []string // what the user sees for each of Values; nil where that is the value itself
	Multi    bool     // the variable allows several values or All: each is escaped for a regular expression
	Single   bool     // though it has All, it does not allow several: what is chosen is one text, not a list of one
	All      bool     // All is chosen
	AllValue string   // the dashboard's own text for All; put in unchanged
	// Properties are the fields of each of Values, which ${name.field} stands for. Only custom variables written in
	// JSON have them; text and value need none.
	Properties []map[string]string
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

// MaxInterpolated is the most bytes that a text may have with its values. All of 10,000 pods is half of that.
const MaxInterpolated = 1 << 20

// Interpolate replaces variables and macros by their values, as Grafana does before it sends a query to Prometheus. A
// variable without a value is an error. So is what Grafana knows and this package does not, such as the viewer's name;
// then the error's NotJudged is true, as for a text that becomes longer than MaxInterpolated. The error is an *Error. A date by a pattern is in the time zone of times.From.
func Interpolate(text string, values map[string]Value, times Times) (string, error) {
	var out strings.Builder
	from := 0
	for v := range ReferencesSeq(text) {
		put, err := v.interpolate(values, times)
		if err == nil && out.Len()+len(put) > MaxInterpolated {
			err = notJudged("with its values the text is longer than %d KiB, the limit", MaxInterpolated>>10)
		}
		if err != nil {
			e := newError(text, v.Span, fmt.Sprintf("%s: %s", text[v.Span.Start:v.Span.End], err))
			e.NotJudged = errors.As(err, new(unknownHere))
			return "", e
		}
		out.WriteString(text[from:v.Span.Start])
		out.WriteString(put)
		from = v.Span.End
	}
	out.WriteString(text[from:])
	return out.String(), nil
}

// unknownHere is the error for what Grafana knows and this package does not.
type unknownHere string

func (u unknownHere) Error() string { return string(u) }

func notJudged(format string, args ...any) error { return unknownHere(fmt.Sprintf(format, args...)) }

func (v Variable) interpolate(values map[string]Value, times Times) (string, error) {
	value, ok := values[v.Name]
	if !ok {
		text, err := times.macro(v.Name)
		if err != nil {
			return "", err
		}
		value = Value{Values: []string{text}}
	}
	if v.Field != "" {
		of, err := value.field(v.Field)
		if err != nil {
			return "", err
		}
		value = of
	}
	return value.put(v, times.From.Location())
}

// macro returns the value of a built-in variable.
func (t Times) macro(name string) (string, error) {
	length := t.To.Sub(t.From)
	switch name {
	case "__interval":
		return duration(t.Interval), nil
	case "__interval_ms":
		return milliseconds(t.Interval), nil
	case "__rate_interval":
		return duration(t.RateInterval()), nil
	case "__rate_interval_ms":
		return milliseconds(t.RateInterval()), nil
	case "__range":
		return duration(length.Round(time.Second)), nil
	case "__range_s":
		return strconv.Itoa(int(length.Round(time.Second) / time.Second)), nil
	case "__range_ms":
		return milliseconds(length), nil
	case "__from":
		return strconv.FormatInt(t.From.UnixMilli(), 10), nil
	case "__to":
		return strconv.FormatInt(t.To.UnixMilli(), 10), nil
	}
	if why := elsewhere[name]; why != "" {
		return "", notJudged("%s", why)
	}
	return "", errors.New("there is no variable of this name")
}

// elsewhere says of Grafana's other variables why they have no value here. One that the caller knows, such as the name
// of the dashboard, is among the values.
var elsewhere = map[string]string{
	"__user":         "it is about the viewer",
	"__org":          "it is the viewer's organisation",
	"__timezone":     "it is the viewer's time zone",
	"__dashboard":    "it is the name of the dashboard",
	"__name":         "it is the name of a series, which a query does not have",
	"__all":          "it stands for All in saved boards, not in a query",
	"__searchFilter": "it is what the viewer types",
	"__data":         "it is for links and display names",
	"__field":        "it is for links and display names",
	"__series":       "it is for links and display names",
	"__value":        "it is for links and display names",
	"__cell":         "it is for links and display names",
	"timeFilter":     "it is not for Prometheus",
	"__timeFilter":   "it is not for Prometheus",
	"__timeFrom":     "it is not for Prometheus",
	"__timeTo":       "it is not for Prometheus",
	"__timeGroup":    "it is not for Prometheus",

	"__url":            "it is for links",
	"__url_time_range": "it is for links",
	"__all_variables":  "it is for links",
}

func duration(d time.Duration) string {
	if d%time.Second == 0 {
		return strconv.Itoa(int(d/time.Second)) + "s"
	}
	return milliseconds(d) + "ms"
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
