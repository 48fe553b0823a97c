package frame

import (
	"slices"
	"strings"

	"gaugewright/internal/grafana"
)

// change is a transformation.
type change func(w *work, frames []Frame, options *grafana.Node) []Frame

// changes are the transformations by id.
// https://github.com/grafana/grafana/tree/main/packages/grafana-data/src/transformations/transformers
var changes map[string]change

func init() {
	changes = map[string]change{
		"append":             same,
		"calculateField":     (*work).calculate,
		"concatenate":        (*work).concatenate,
		"convertFieldType":   (*work).convert,
		"ensureColumns":      (*work).ensureColumns,
		"filterByRefId":      (*work).filterByRef,
		"filterByValue":      (*work).filterByValue,
		"filterFields":       (*work).filterFields,
		"filterFieldsByName": (*work).filterByName,
		"formatString":       (*work).formatString,
		"formatTime":         (*work).formatTime,
		"groupBy":            (*work).groupBy,
		"groupingToMatrix":   (*work).matrix,
		"joinByField":        (*work).join,
		"labelsToFields":     (*work).labelsToFields,
		"limit":              (*work).limit,
		"merge":              (*work).merge,
		"noop":               same,
		"order":              (*work).order,
		"organize":           (*work).organize,
		"partitionByValues":  (*work).partition,
		"prepareTimeSeries":  (*work).prepare,
		"reduce":             (*work).reduce,
		"rename":             (*work).rename,
		"renameByRegex":      (*work).renameByRegex,
		"seriesToColumns":    (*work).join,
		"seriesToRows":       (*work).seriesToRows,
		"sortBy":             (*work).sortBy,
		"timeSeriesTable":    (*work).trends,
		"transpose":          (*work).transpose,
	}
}

func same(_ *work, frames []Frame, _ *grafana.Node) []Frame { return frames }

// transform applies the transformations that are switched on. One that is not known here does nothing, which is a gap.
func (w *work) transform(frames []Frame, all []grafana.Transformation) []Frame {
	for _, t := range all {
		apply := changes[t.ID]
		switch {
		case t.Disabled || first(t.Node.At("topic"), t.Node.At("spec", "topic")).Text() == "annotations":
		case apply == nil:
			w.gap("transformation-"+t.ID, "The transformation %s is not done: the panel shows the data before it.", t.ID)
		default:
			frames = w.partly(frames, t, apply)
		}
	}
	return frames
}

// partly applies a transformation to the frames that it is for. The others keep their place.
func (w *work) partly(frames []Frame, t grafana.Transformation, apply change) []Frame {
	filter := first(t.Node.At("filter"), t.Node.At("spec", "filter"))
	pattern := filter.At("options").Text()
	if pattern == "" {
		return apply(w, frames, t.Options)
	}
	var found, others []Frame
	at := 0
	for i, f := range frames {
		if w.isRef(f, pattern) {
			found = append(found, f)
			continue
		}
		if others = append(others, f); at == 0 {
			at = i
		}
	}
	after := apply(w, found, t.Options)
	return slices.Insert(slices.Clone(after), min(at, len(after)), others...)
}

func first(nodes ...*grafana.Node) *grafana.Node {
	for _, n := range nodes {
		if n.Exists() {
			return n
		}
	}
	return nil
}

// refs names the frames that a transformation made a frame of.
func refs(id string, frames []Frame) string {
	all := []string{id}
	for _, f := range frames {
		all = append(all, f.RefID)
	}
	return strings.Join(all, "-")
}

// each changes each field of each frame.
func each(frames []Frame, change func(f Frame, i int) Field) []Frame {
	all := slices.Clone(frames)
	for at, f := range frames {
		all[at].Fields = slices.Clone(f.Fields)
		for i := range f.Fields {
			all[at].Fields[i] = change(f, i)
		}
	}
	return all
}
