package promql

import (
	"slices"
	"strconv"
	"time"
)

// modifiers are what stands behind a selector or a subquery.
type modifiers struct {
	extended string // anchored or smoothed, of the samples at the window's edges
	at       string
	offset   time.Duration
}

// instant are the modifiers as they stand behind a selector that is read as it is.
func (m modifiers) instant() string { return m.at + spaced(m.extended) + m.ago() }

// ranged are the modifiers as they stand behind a window.
func (m modifiers) ranged() string { return spaced(m.extended) + m.at + m.ago() }

func (m modifiers) ago() string {
	switch {
	case m.offset > 0:
		return " offset " + string(Lasting(m.offset))
	case m.offset < 0:
		return " offset -" + string(Lasting(-m.offset))
	}
	return ""
}

func spaced(word string) string {
	if word == "" {
		return ""
	}
	return " " + word
}

func at(t time.Time) string {
	return " @ " + strconv.FormatFloat(float64(t.UnixMilli())/1000, 'f', 3, 64)
}

const (
	anchored = "anchored"
	smoothed = "smoothed"
	atStart  = " @ start()"
	atEnd    = " @ end()"
)

// extendable are the functions that take windows whose edges are anchored or smoothed, as Prometheus says at evaluation.
var extendable = map[string][]string{
	anchored: {"rate", "increase", "delta", "changes", "resets"},
	smoothed: {"rate", "increase", "delta"},
}

// takes reports whether a function takes a window with these modifiers.
func (m modifiers) takes(function string) bool {
	return m.extended == "" || slices.Contains(extendable[m.extended], function)
}

// Offset is the scope as it was some time ago; as it will be, where the time is negative.
func (s Scope) Offset(ago time.Duration) Scope {
	s.offset = ago
	return s
}

// AtStart is the scope as it is at the start of the shown range, whichever point of a graph is asked for.
func (s Scope) AtStart() Scope {
	s.at = atStart
	return s
}

// AtEnd is the scope as it is at the end of the shown range.
func (s Scope) AtEnd() Scope {
	s.at = atEnd
	return s
}

// At is the scope as it was at a moment.
func (s Scope) At(t time.Time) Scope {
	s.at = at(t)
	return s
}

// Anchored is the scope with windows that begin with the last sample before them, for Rate, Increase, Delta, Changes and
// Resets: an increase of whole numbers is then whole.
func (s Scope) Anchored() Scope {
	s.extended = anchored
	return s
}

// Smoothed is the scope with values interpolated at the edges of windows, for Rate, Increase and Delta, and at the moment
// asked for.
func (s Scope) Smoothed() Scope {
	s.extended = smoothed
	return s
}

// Offset is the subquery as it was some time ago.
func (r Range) Offset(ago time.Duration) Range {
	r.offset = ago
	return r
}

// AtStart is the subquery as it is at the start of the shown range.
func (r Range) AtStart() Range {
	r.at = atStart
	return r
}

// AtEnd is the subquery as it is at the end of the shown range.
func (r Range) AtEnd() Range {
	r.at = atEnd
	return r
}

// At is the subquery as it was at a moment.
func (r Range) At(t time.Time) Range {
	r.at = at(t)
	return r
}
