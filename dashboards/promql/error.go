package promql

import (
	"fmt"
	"runtime"
	"strings"
)

// Error is a mistake in an expression, with the line that wrote it.
type Error struct {
	File   string
	Line   int
	Reason string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason) }

// Mistake returns an Error at the line that wrote the mistake: the nearest caller outside this package, panel and the
// SDK's builders.
func Mistake(format string, args ...any) *Error {
	file, line := place()
	return &Error{file, line, fmt.Sprintf(format, args...)}
}

// place is the nearest caller outside this package and panel.
func place() (file string, line int) {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		frame, more := frames.Next()
		if !more || !ours(frame.Function) {
			return frame.File, frame.Line
		}
	}
}

func ours(function string) bool {
	return strings.HasPrefix(function, "gaugewright/dashboards/promql.") ||
		strings.HasPrefix(function, "gaugewright/dashboards/panel.") ||
		strings.HasPrefix(function, "github.com/grafana/grafana-foundation-sdk/")
}
