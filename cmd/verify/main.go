// Verify runs every query of every board, and every rule, on Prometheus's own engine over the metrics that a service
// really exposes. It reports what is dead: a query whose selector finds nothing, an answer that only fills in zeros, a
// legend with a label that does not exist, an override that matches nothing. By default it reads the generated files and
// starts this repository's service in process, with traffic. It can also judge any other running service, query a running
// Prometheus, and read boards and rules from elsewhere. It writes no file except its own baseline.
//
//	verify [-v] [-target [JOB=]URL[,[JOB=]URL] | -prometheus URL] [-boards GLOB] [-rules GLOB] [-baseline FILE [-record]]
//	verify [-v] -tests GLOB [-rules GLOB]
//
// With -tests it runs rule tests in promtool's format in process. It reports each check that fails and each alert that no
// test expects to fire. It runs only the tests, without a service or a network, unless boards, a target or a Prometheus
// are named too.
//
// Exit codes: 0 nothing is dead, 1 findings, 2 an error, or nothing to judge. A file that cannot be read, or a question
// that a server does not answer, is an error too; the rest is judged all the same.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"gaugewright/internal/interrupt"
	"gaugewright/internal/report"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	options, err := parseArgs(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	said := &outcome{err: err}
	if err == nil {
		progress := report.NewProgress("verify", stderr)
		said, err = interrupt.Do(func(ctx context.Context) *outcome {
			said := &outcome{}
			said.err = options.do(ctx, said, progress)
			progress.Done()
			if ctx.Err() != nil {
				return said // without its half
			}
			if _, err := options.secrets.Replacer().WriteString(stdout, said.out.String()); err != nil {
				said.err = err
			}
			return said
		})
		progress.Done()
		if err != nil {
			said = &outcome{err: err}
		}
	}
	redact := options.secrets.Replacer()
	for _, e := range said.errs() {
		fmt.Fprintf(stderr, "verify: %s\n", report.ShownLines(redact.Replace(e)))
	}
	switch {
	case len(said.errs()) > 0:
		return 2
	case said.isDead:
		return 1
	}
	return 0
}
