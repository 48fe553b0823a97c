package frame

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
)

// Config is how a field is displayed: the defaults of the panel, after all overrides that find the field.
type Config struct {
	grafana.Field
	properties map[string]*grafana.Node // of overrides, by their ids
}

// Custom returns an option of the panel's type: lineWidth, hideFrom.viz, thresholdsStyle.mode. It is nil where neither
// the defaults nor an override has it.
func (c Config) Custom(path string) *grafana.Node {
	return c.property("custom."+path, c.Field.Custom.At(strings.Split(path, ".")...))
}

// property returns what an override sets at a path, or within what it sets.
func (c Config) property(path string, otherwise *grafana.Node) *grafana.Node {
	keys := strings.Split(path, ".")
	for i := len(keys); i > 0; i-- {
		if n, ok := c.properties[strings.Join(keys[:i], ".")]; ok {
			return n.At(keys[i:]...)
		}
	}
	return otherwise
}

// colorModes are the color modes of panel types that do not color by thresholds, where the board does not choose.
var colorModes = map[string]string{
	"timeseries": "palette-classic", "graph": "palette-classic", "barchart": "palette-classic", "piechart": "palette-classic",
	"histogram": "palette-classic", "trend": "palette-classic", "xychart": "palette-classic", "candlestick": "palette-classic",
	"grafana-piechart-panel": "palette-classic", "state-timeline": "continuous-GrYlRd",
}

// defaultsOf returns the panel's defaults, with what Grafana adds for its type.
func defaultsOf(p grafana.Panel) grafana.Field {
	d := p.Defaults
	if d.Thresholds == nil && !d.Node.At("thresholds", "steps").IsList() {
		limit := 80.0
		d.Thresholds = []grafana.Threshold{{Color: "green"}, {Color: "red", Value: &limit}}
	}
	d.Color.Mode = cmp.Or(d.Color.Mode, colorModes[p.Type], "thresholds")
	return d
}

// configure gives the fields their options, in Grafana's order: the defaults, then each override, which finds a field by
// the name that it has by then.
// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/field/fieldOverrides.ts
func (w *work) configure(frames []Frame, base Config, rules []rule) []Frame {
	before := namesOf(frames)
	frames = slices.Clone(frames)
	series := 0
	var all *span
	for at := range frames {
		f := &frames[at]
		f.Fields = slices.Clone(f.Fields)
		for i := range f.Fields {
			w.defaults(f, i, base)
			for _, rule := range rules {
				if rule.finds(before, *f, i) {
					w.override(f, i, rule.properties)
				}
			}
			field := &f.Fields[i]
			field.Config.NoValue = w.put(field.Config.NoValue)
			field.Config.Thresholds = w.thresholds(field.Config.Thresholds)
			if field.Config.Color.Mode == "gradient" {
				w.gap("color-gradient", "The color mode gradient is not done: all series have its first color.")
			}
			field.Series = series
			if field.Kind != Time {
				series++
			}
			field.setRange(frames, &all)
			field.Nested = w.nested(*field, rules)
		}
	}
	after := namesOf(frames)
	for _, f := range frames {
		for i := range f.Fields {
			f.Fields[i].Display = after.of(f, i)
		}
	}
	return frames
}

// defaults gives a field the panel's defaults, but for what a transformation has given it. Decimals and limits are for
// numbers only.
func (w *work) defaults(f *Frame, i int, base Config) {
	field := &f.Fields[i]
	if field.Kind != Number && field.Kind != Nested {
		base.Decimals, base.Min, base.Max = nil, nil, nil
	}
	base.Unit = cmp.Or(field.Config.Unit, base.Unit)
	field.Config, field.look = base, w.look
	if field.title == "" && base.DisplayName != "" {
		field.title = w.fill(base.DisplayName, *f, i)
	}
}

// thresholds computes the values that a board gives as a text with variables.
func (w *work) thresholds(all []grafana.Threshold) []grafana.Threshold {
	hasText := func(t grafana.Threshold) bool { return t.Node.At("valueExpr").Text() != "" }
	if len(all) == 0 || !slices.ContainsFunc(all[1:], hasText) {
		return all
	}
	all = slices.Clone(all)
	for i := 1; i < len(all); i++ {
		v, err := strconv.ParseFloat(strings.TrimSpace(w.put(all[i].Node.At("valueExpr").Text())), 64)
		if err == nil && v-v == 0 {
			all[i].Value = &v
		}
	}
	slices.SortStableFunc(all[1:], func(a, b grafana.Threshold) int {
		if a.Value == nil || b.Value == nil {
			return 0
		}
		return cmp.Compare(*a.Value, *b.Value)
	})
	return all
}

// nested gives the frames within a field its own options.
func (w *work) nested(f Field, rules []rule) []Frame {
	all := slices.Clone(f.Nested)
	for i := range all {
		all[i] = w.configure(all[i:i+1], f.Config, rules)[0]
	}
	return all
}

type rule struct {
	finds      matcher
	properties []grafana.Property
}

// rules returns the overrides whose matcher is known.
func (w *work) rules(overrides []grafana.Override) []rule {
	var all []rule
	for _, o := range overrides {
		scope := o.Node.At("matcher", "scope").Text()
		finds := w.matcher(o.Matcher, o.Options)
		switch {
		case finds == nil:
			w.gap("override-"+o.Matcher, "An override finds its fields by %s, which is not done here: it changes nothing.", o.Matcher)
		case scope == "" || scope == "series":
			all = append(all, rule{finds, o.Properties})
		}
	}
	return all
}

// override changes a field as the properties of an override do.
func (w *work) override(f *Frame, i int, properties []grafana.Property) {
	field := &f.Fields[i]
	field.Config.properties = maps.Clone(field.Config.properties)
	if field.Config.properties == nil {
		field.Config.properties = map[string]*grafana.Node{}
	}
	for _, p := range properties {
		field.Config.Field = field.Config.With(p)
		field.Config.properties[p.ID] = p.Value
		if p.ID == "displayName" {
			field.title = w.fill(p.Value.Text(), *f, i)
		}
	}
}

// span is the range of values.
type span struct{ min, max float64 }

// setRange sets what the field reaches from and to. Like Grafana, the first field with both limits of its own sets those
// of all that have none.
func (f *Field) setRange(frames []Frame, all **span) {
	least, hasLeast := f.Config.Min.Number()
	most, hasMost := f.Config.Max.Number()
	f.Min, f.Max = math.NaN(), math.NaN()
	switch {
	case hasLeast && hasMost:
		f.Min, f.Max = min(least, most), max(least, most)
		if *all == nil {
			*all = &span{f.Min, f.Max}
		}
		return
	case f.Kind != Number:
		return
	}
	found := *all
	if f.Config.property("fieldMinMax", f.Config.Node.At("fieldMinMax")).Bool() {
		found = spanOf([]Frame{{Fields: []Field{*f}}})
	} else if found == nil {
		found = spanOf(frames)
		*all = found
	}
	f.Min, f.Max = found.min, found.max
	if hasLeast {
		f.Min = least
	}
	if hasMost {
		f.Max = most
	}
}

// Range returns the least and the greatest value of all number fields. Both are NaN where there is none.
func Range(frames []Frame) (least, most float64) {
	s := spanOf(frames)
	return s.min, s.max
}

func spanOf(frames []Frame) *span {
	s := span{math.NaN(), math.NaN()}
	for _, f := range frames {
		for _, field := range f.Fields {
			for _, v := range field.Numbers {
				if v < s.min || s.min != s.min {
					s.min = v
				}
				if v > s.max || s.max != s.max {
					s.max = v
				}
			}
		}
	}
	return &s
}
