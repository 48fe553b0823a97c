package panel

import (
	"fmt"
	"runtime"

	"gaugewright/dashboards/promql"
)

// place is where a board was written. It becomes a file and a line only for a mistake: storing it takes a tenth of a
// microsecond.
type place uintptr

// caller returns the place that called the current exported function.
func caller() place {
	var pc [1]uintptr
	runtime.Callers(3, pc[:])
	return place(pc[0])
}

// mistake is an error at the place.
func (p place) mistake(format string, args ...any) *promql.Error {
	file, line := p.position()
	return &promql.Error{File: file, Line: line, Reason: fmt.Sprintf(format, args...)}
}

func (p place) position() (file string, line int) {
	frame, _ := runtime.CallersFrames([]uintptr{uintptr(p)}).Next()
	return frame.File, frame.Line
}

// String is the position, for a mistake with two places.
func (p place) String() string {
	file, line := p.position()
	return fmt.Sprintf("%s:%d", file, line)
}

// wrong returns a mistake in a panel, at the line that called the panel's function.
func wrong(title, format string, args ...any) error {
	return fmt.Errorf("panel %q: %w", title, promql.Mistake(format, args...))
}
