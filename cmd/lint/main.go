// Lint reads Grafana dashboards of any form and Prometheus's rule files, and reports what misleads the person on call:
// metrics that do not exist, a rate of a gauge, a wrong unit, a legend with a label that is not there, panels that overlap.
// By default it reads the generated files. It evaluates nothing; what it knows about metrics is from pages of metrics, from
// a running Prometheus, or from a catalogue of well-known ones.
//
//	lint [-all] [-metrics URL|FILE] [-prometheus URL] [-fix [-diff]] [-baseline FILE [-record]] [file or folder ...]
//	lint -rules
//
// Exit codes: 0 no errors, 1 errors, 2 it could not, or a file was not read; the rest is linted all the same.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"gaugewright/internal/interrupt"
	"gaugewright/internal/report"
)

func main() {
	debug.SetGCPercent(400) // it lives for seconds: memory for time, up to a limit
	debug.SetMemoryLimit(800 << 20)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, err := parseArgs(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	said := &outcome{}
	if err == nil {
		progress := report.NewProgress("lint", stderr)
		said, err = interrupt.Do(func(ctx context.Context) *outcome { return o.do(ctx, stdin, progress) })
		progress.Done()
	}
	redact := o.secrets.Replacer()
	if err == nil { // an interrupted run prints no half
		err = said.err
		if _, e := redact.WriteString(stdout, said.out.String()); e != nil && err == nil {
			err = e
		}
		for _, f := range said.unread {
			fmt.Fprintf(stderr, "lint: %s\n", report.ShownLines(redact.Replace(f.Place.String()+": "+f.Text)))
		}
	}
	switch {
	case err != nil:
		fmt.Fprintf(stderr, "lint: %s\n", report.ShownLines(redact.Replace(err.Error())))
		return 2
	case said != nil && len(said.unread) > 0:
		return 2
	case said != nil && said.isWrong:
		return 1
	}
	return 0
}
