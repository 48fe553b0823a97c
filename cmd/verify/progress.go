package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
)

// progress shows the progress, but only on a terminal.
type progress struct {
	terminal io.Writer // nil without a terminal
	judged   atomic.Int64
}

func newProgress(stderr io.Writer) *progress {
	file, ok := stderr.(*os.File)
	if !ok {
		return &progress{}
	}
	info, err := file.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &progress{}
	}
	return &progress{terminal: file}
}

func (p *progress) step(of int) {
	if n := p.judged.Add(1); p.terminal != nil {
		fmt.Fprintf(p.terminal, "\r\x1b[Kverify: %d of %d panels and rules", n, of)
	}
}

// done clears the line.
func (p *progress) done() {
	if p.terminal != nil {
		fmt.Fprint(p.terminal, "\r\x1b[K")
	}
}
