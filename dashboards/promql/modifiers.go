package promql

import (
	"slices"
	"strconv"
	"time"
)

// modifiers are the modifiers of a selector or a subquery.
type modifiers struct {
	extended string // anchored or smoothed: how samples at the window's edges count
	at       string
	offset   time.Duration
}

// instant returns the modifiers behind an instant selector.
func (m modifiers) instant() string { return m.at + spaced(m.extended) + m.ago() }

// ranged returns the modifiers behind a window.
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

// extendable are the functions that accept anchored or smoothed windows; Prometheus checks this at evaluation.
var extendable = map[string][]string{
	anchored: {"rate", "increase", "delta", "changes", "resets"},
	smoothed: {"rate", "increase", "delta"},
}

// takes reports whether a function accepts a window with these modifiers.
func (m modifiers) takes(function string) bool {
	return m.extended == "" || slices.Contains(extendable[m.extended], function)
}

// Offset moves the scope back in time; a negative time moves it forward.
func (s Scope) Offset(ago time.Duration) Scope {
	s.offset = ago
	return s
}

// AtStart fixes the scope to the start of the shown range, for every point of a graph.
func (s Scope) AtStart() Scope {
	s.at = atStart
	return s
}

// AtEnd fixes the scope to the end of the shown range.
func (s Scope) AtEnd() Scope {
	s.at = atEnd
	return s
}

// At fixes the scope to a time.
func (s Scope) At(t time.Time) Scope {
	s.at = at(t)
	return s
}

// Anchored begins windows with the last sample before them, for Rate, Increase, Delta, Changes and Resets. An
// increase of whole numbers is then whole.
func (s Scope) Anchored() Scope {
	s.extended = anchored
	return s
}

// Smoothed interpolates values at the edges of windows, for Rate, Increase and Delta, and at the evaluation time.
func (s Scope) Smoothed() Scope {
	s.extended = smoothed
	return s
}

// Offset moves the subquery back in time.
func (r Range) Offset(ago time.Duration) Range {
	r.offset = ago
	return r
}

// AtStart fixes the subquery to the start of the shown range.
func (r Range) AtStart() Range {
	r.at = atStart
	return r
}

// AtEnd fixes the subquery to the end of the shown range.
func (r Range) AtEnd() Range {
	r.at = atEnd
	return r
}

// At fixes the subquery to a time.
func (r Range) At(t time.Time) Range {
	r.at = at(t)
	return r
}
