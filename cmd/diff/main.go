// Diff says what changed on boards, in rules and in the files beside them, in sentences, as a viewer sees it, what that
// does to the numbers, and with -lint what lint newly finds.
//
//	diff [flags] [base [head]]
//
// Base and head are Git refs, REF:PATH, folders or files. Without head it compares with the working tree, without base
// the working tree with HEAD. With -live, the boards of a running Grafana are compared with their sources. Changed queries
// and rules are evaluated on the data of -on: a recorded run, or a Prometheus. It is also an external diff driver of Git.
//
// Exit codes: 0 nothing differs, 1 something differs, 2 an error. A file that cannot be read is an error too; the rest is
// compared all the same. What lint finds is no difference.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"gaugewright/internal/diff"
	"gaugewright/internal/interrupt"
	"gaugewright/internal/report"
	"gaugewright/internal/source"
	"gaugewright/internal/web"
)

func main() {
	debug.SetMemoryLimit(800 << 20) // with large files, garbage is collected sooner
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	out, complaints := &output{inColor: inColor(stdout)}, &output{}
	secrets := &web.Secrets{}
	code, err := interrupt.Do(func(ctx context.Context) int { return work(ctx, args, secrets, out, complaints) })
	if err == nil { // an interrupted run prints no half
		redact := secrets.Replacer()
		redact.WriteString(stderr, complaints.String())
		_, err = redact.WriteString(stdout, out.String())
	}
	if err != nil {
		fmt.Fprintf(stderr, "diff: %s\n", report.ShownLines(err.Error()))
		return 2
	}
	return code
}

// output keeps what a run prints until it is done.
type output struct {
	bytes.Buffer
	inColor bool
}

func work(ctx context.Context, args []string, secrets *web.Secrets, stdout, stderr io.Writer) int {
	if isDriver(args) {
		return drive(args, stdout, stderr)
	}
	o, err := parseArgs(args, secrets, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err == nil && o.explain {
		err = diff.Explain(stdout)
		if err == nil {
			return 0
		}
	}
	var r *diff.Result
	if err == nil {
		r, err = o.compare(ctx)
	}
	var unanswered *source.Unanswered
	if err == nil {
		if err = o.on.annotate(ctx, r); errors.As(err, &unanswered) {
			err = nil // the differences are told all the same
		}
	}
	if ctx.Err() != nil {
		return 2
	}
	if err == nil {
		err = o.write(stdout, r)
	}
	if err != nil {
		fmt.Fprintf(stderr, "diff: %s\n", strings.ReplaceAll(report.ShownLines(err.Error()), "\n", "\ndiff: "))
		return 2
	}
	for _, e := range r.Errors {
		fmt.Fprintf(stderr, "diff: %s: %s\n", report.Shown(e.Place.String()), report.ShownLines(e.Text))
	}
	if unanswered != nil {
		fmt.Fprintf(stderr, "diff: -on %s: a question had no answer: %s\n", o.on.shown(), report.Shown(unanswered.Reason))
	}
	switch {
	case len(r.Errors) > 0 || unanswered != nil:
		return 2
	case r.Worst() >= o.failOn && r.Worst() > 0:
		return 1
	}
	return 0
}
