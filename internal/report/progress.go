package report

import (
	"fmt"
	"io"
	"os"
	"sync"
)

// Progress shows what a command is doing, in one line that changes, but only on a terminal. Several goroutines may use
// it. The zero value shows nothing.
type Progress struct {
	mu       sync.Mutex
	terminal io.Writer // nil without a terminal
	prefix   string
	ended    bool
}

// NewProgress returns the progress of a command, by name.
func NewProgress(command string, stderr io.Writer) *Progress {
	file, ok := stderr.(*os.File)
	if !ok {
		return &Progress{}
	}
	info, err := file.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &Progress{}
	}
	return &Progress{terminal: file, prefix: command + ": "}
}

// Show replaces the line.
func (p *Progress) Show(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.terminal != nil && !p.ended {
		fmt.Fprint(p.terminal, "\r\x1b[K"+p.prefix+Shown(fmt.Sprintf(format, args...)))
	}
}

// Done clears the line, and shows no other.
func (p *Progress) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.terminal != nil && !p.ended {
		fmt.Fprint(p.terminal, "\r\x1b[K")
	}
	p.ended = true
}
