package frame

import (
	"cmp"
	"strings"
	"time"

	"gaugewright/internal/draw/number"
	"gaugewright/internal/grafana"
)

// convert gives fields another kind.
func (w *work) convert(frames []Frame, options *grafana.Node) []Frame {
	for _, conversion := range options.At("conversions").List() {
		found := byNames([]string{w.put(conversion.At("targetField").Text())})
		kind, isKnown := map[string]Kind{"number": Number, "time": Time, "string": Text}[conversion.At("destinationType").Text()]
		if !isKnown {
			w.gap("transformation-convertFieldType", "convertFieldType does not make a field of the type %s.",
				conversion.At("destinationType").Text())
			continue
		}
		n := namesOf(frames)
		frames = each(frames, func(f Frame, i int) Field {
			if field := f.Fields[i]; found(n, f, i) && field.Kind != kind {
				return w.as(field, kind, conversion.At("dateFormat").Text())
			}
			return f.Fields[i]
		})
	}
	return frames
}

func (w *work) as(f Field, kind Kind, format string) Field {
	cells := f.cells()
	for i, cell := range cells {
		switch v := numeric(strings.ReplaceAll(textOf(cell), ",", ""), ""); kind {
		case Number:
			if cells[i] = v; v-v != 0 { // NaN or infinite
				cells[i] = nil
			}
		case Text:
			cells[i] = textOf(cell)
			if t, isTime := cell.(time.Time); isTime {
				cells[i] = w.look.Clock.Date(t, cmp.Or(format, "YYYY-MM-DDTHH:mm:ssZ"))
			}
		case Time:
			cells[i] = nil
			if t, err := time.Parse(time.RFC3339, textOf(cell)); err == nil {
				cells[i] = t
			} else if v-v == 0 && v > -8.64e15 && v < 8.64e15 {
				cells[i] = time.UnixMilli(int64(v)).UTC()
			}
		}
	}
	f.Kind = kind
	return f.with(cells)
}

// formatTime makes texts of times.
func (w *work) formatTime(frames []Frame, options *grafana.Node) []Frame {
	n, name := namesOf(frames), w.put(options.At("timeField").Text())
	clock := w.look.Clock
	switch zone := options.At("timezone").Text(); zone {
	case "", "browser":
	case "utc":
		clock = number.Clock{Now: clock.Now}
	default:
		w.gap("transformation-formatTime", "formatTime does not know the time zone %s: the times are in the panel's.", zone)
	}
	return each(frames, func(f Frame, i int) Field {
		field := f.Fields[i]
		if field.Kind != Time || n.of(f, i) != name {
			return field
		}
		cells := field.cells()
		for row, cell := range cells {
			if t, isTime := cell.(time.Time); isTime {
				cells[row] = clock.Date(t, cmp.Or(w.put(options.At("outputFormat").Text()), "YYYY-MM-DDTHH:mm:ssZ"))
			}
		}
		return field.with(cells)
	})
}

// stringForms are the forms that formatString gives a text.
var stringForms = map[string]func(text string, options *grafana.Node) string{
	"Upper Case":    func(text string, _ *grafana.Node) string { return strings.ToUpper(text) },
	"Lower Case":    func(text string, _ *grafana.Node) string { return strings.ToLower(text) },
	"Sentence Case": func(text string, _ *grafana.Node) string { return began(text, strings.ToUpper) },
	"Title Case":    func(text string, _ *grafana.Node) string { return titled(text, " ") },
	"Pascal Case":   func(text string, _ *grafana.Node) string { return titled(text, "") },
	"Camel Case":    func(text string, _ *grafana.Node) string { return began(titled(text, ""), strings.ToLower) },
	"Snake Case":    func(text string, _ *grafana.Node) string { return strings.ReplaceAll(strings.ToLower(text), " ", "_") },
	"Kebab Case":    func(text string, _ *grafana.Node) string { return strings.ReplaceAll(strings.ToLower(text), " ", "-") },
	"Trim":          func(text string, _ *grafana.Node) string { return strings.TrimSpace(text) },
	"Substring":     substring,
}

// began returns a text with its first character changed.
func began(text string, change func(string) string) string {
	first := firstRune(text)
	return change(first) + text[len(first):]
}

func titled(text, separator string) string {
	words := strings.Split(text, " ")
	for i, word := range words {
		words[i] = began(strings.ToLower(word), strings.ToUpper)
	}
	return strings.Join(words, separator)
}

func substring(text string, options *grafana.Node) string {
	runes := []rune(text)
	at := func(name string, otherwise int) int {
		if v, ok := options.At(name).Number(); ok {
			return int(min(max(v, 0), float64(len(runes))))
		}
		return otherwise
	}
	from, to := at("substringStart", 0), at("substringEnd", len(runes))
	return string(runes[min(from, to):max(from, to)])
}

// formatString gives the texts of a field another form.
func (w *work) formatString(frames []Frame, options *grafana.Node) []Frame {
	n, found := namesOf(frames), byNames([]string{w.put(options.At("stringField").Text())})
	form := stringForms[cmp.Or(options.At("outputFormat").Text(), "Upper Case")]
	if form == nil {
		return frames
	}
	return each(frames, func(f Frame, i int) Field {
		field := f.Fields[i]
		if field.Kind != Text || !found(n, f, i) {
			return field
		}
		cells := field.cells()
		for row := range cells {
			cells[row] = form(textOf(cells[row]), options)
		}
		return field.with(cells)
	})
}
