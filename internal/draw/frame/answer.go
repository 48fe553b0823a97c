package frame

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/opened"
	"gaugewright/internal/source"
)

// answered returns the frames that Grafana's Prometheus data source makes of a panel's answers: first those of time
// series, then tables, then heatmaps.
// https://github.com/grafana/grafana/blob/main/packages/grafana-prometheus/src/result_transformer.ts
// https://github.com/grafana/grafana/blob/main/pkg/promlib/querydata/response.go
func answered(p opened.Panel) []Frame {
	var plain, heatmaps []Frame
	tables := map[string][]Frame{}
	var refs []string
	for _, q := range p.Queries {
		frames := series(q)
		switch {
		case q.Format == "table" && len(frames) > 0:
			if tables[q.RefID] == nil {
				refs = append(refs, q.RefID)
			}
			tables[q.RefID] = append(tables[q.RefID], frames...)
		case q.Format == "heatmap":
			heatmaps = append(heatmaps, frames...)
		default:
			plain = append(plain, frames...)
		}
	}
	nameAuto(plain, p)
	for _, ref := range refs {
		plain = append(plain, table(ref, tables[ref], len(refs)))
	}
	return append(plain, buckets(heatmaps)...)
}

// series returns a frame for each series of a query.
func series(q opened.Query) []Frame {
	var all []Frame
	for _, a := range q.Answers {
		for _, s := range a.Series {
			if slices.ContainsFunc(s.Samples, func(s source.Sample) bool { return s.H != nil }) {
				all = append(all, cells(q, s))
				continue
			}
			at := Field{Name: "Time", Kind: Time, step: q.Step, Times: make([]time.Time, len(s.Samples))}
			value := Field{Name: cmp.Or(s.Labels["__name__"], "Value"), Labels: s.Labels, legend: legendOf(q, s.Labels)}
			value.Numbers = make([]float64, len(s.Samples))
			for i, sample := range s.Samples {
				at.Times[i], value.Numbers[i] = sample.T.UTC(), sample.V
			}
			all = append(all, Frame{RefID: q.RefID, Fields: []Field{at, value}})
		}
	}
	return all
}

// cells returns the buckets of native histograms, a row each.
func cells(q opened.Query, s source.Series) Frame {
	at := Field{Name: "xMax", Kind: Time, step: q.Step}
	low, high := Field{Name: "yMin", legend: legendOf(q, s.Labels)}, Field{Name: "yMax"}
	count, layout := Field{Name: "count"}, Field{Name: "yLayout"}
	for _, sample := range s.Samples {
		for _, b := range source.Buckets(sample) {
			at.Times = append(at.Times, sample.T.UTC())
			low.Numbers = append(low.Numbers, b.Lower)
			high.Numbers = append(high.Numbers, b.Upper)
			count.Numbers = append(count.Numbers, b.Count)
			layout.Numbers = append(layout.Numbers, 0)
		}
	}
	return Frame{RefID: q.RefID, Fields: []Field{at, low, high, count, layout}}
}

// legendOf returns what a query's legend makes of a series. It is empty where Grafana names it by what differs.
func legendOf(q opened.Query, labels map[string]string) string {
	name := seriesText(labels)
	switch {
	case q.Legend == "__auto" && len(labels) > 0:
		name = ""
	case q.Legend != "" && q.Legend != "__auto":
		name, _ = view.Legend(q.Legend, labels)
	}
	if name == "{}" {
		return q.Text
	}
	return name
}

func seriesText(labels map[string]string) string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		if name != "__name__" {
			pairs = append(pairs, fmt.Sprintf("%s=%q", name, labels[name]))
		}
	}
	if metric := labels["__name__"]; metric != "" && pairs == nil {
		return metric
	}
	return labels["__name__"] + "{" + strings.Join(pairs, ", ") + "}"
}

// nameAuto names the series of metrics whose legend is Auto as if they had no name of their own.
func nameAuto(frames []Frame, p opened.Panel) {
	isAuto := map[string]bool{}
	for _, q := range p.Queries {
		isAuto[q.RefID] = q.Legend == "__auto"
	}
	n := namesOf(frames)
	for _, f := range frames {
		for i := range f.Fields {
			field := &f.Fields[i]
			if metric := field.Labels["__name__"]; isAuto[f.RefID] && metric != "" && metric == field.Name {
				field.Name = "Value"
				legend := n.of(f, i)
				field.Name, field.legend = metric, legend
			}
		}
	}
}

// table puts all series of a query below each other: the time, the labels and the value.
func table(ref string, frames []Frame, tables int) Frame {
	at, value := Field{Name: "Time", Kind: Time}, Field{Name: "Value"}
	if tables > 1 {
		value.Name += " #" + ref
	}
	var labels []Field
	for _, f := range frames {
		for _, name := range slices.Sorted(maps.Keys(f.Fields[1].Labels)) {
			if !slices.ContainsFunc(labels, func(l Field) bool { return l.Name == name }) {
				labels = append(labels, Field{Name: name, Kind: Text})
			}
		}
	}
	for _, f := range frames {
		at.step = f.Fields[0].step
		at.Times = append(at.Times, f.Fields[0].Times...)
		value.Numbers = append(value.Numbers, f.Fields[1].Numbers...)
		for i := range labels {
			label := f.Fields[1].Labels[labels[i].Name]
			labels[i].Texts = append(labels[i].Texts, slices.Repeat([]string{label}, f.Len())...)
		}
	}
	all := Frame{RefID: ref, Fields: append(append([]Field{at}, labels...), value)}
	return all.sorted(0, false)
}
