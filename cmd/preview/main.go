// Preview shows the boards, alive, with no Docker and no Grafana: it starts this repository's service in this process, with
// traffic, runs the boards' queries on Prometheus's own engine, and serves a page on this machine. It can also show any
// other running service, a running Prometheus, and boards from elsewhere; and write a picture of each board, of a recorded
// run, which is the same bytes each time.
//
//	preview [-watch] [-target [JOB=]URL | -prometheus URL] [-boards GLOB] [-rules GLOB] [-listen ADDRESS] [-alerts]
//	preview -svg DIR | -check [-svg DIR] | -support [-json] [-boards GLOB]
//
// Exit codes: 0 well, also when it is stopped with Ctrl-C; 1 pictures are stale; 2 an error.
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
	o, err := parseArgs(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err == nil {
		var failed error
		failed, err = interrupt.Do(func(ctx context.Context) error { return o.do(ctx, stdout) })
		if err == nil {
			err = failed
		} else if o.serves() {
			fmt.Fprintln(stdout, "preview: stopped")
			return 0
		}
	}
	switch {
	case errors.Is(err, errStale):
		return 1
	case err != nil:
		fmt.Fprintf(stderr, "preview: %s\n", report.ShownLines(o.secrets.Replacer().Replace(err.Error())))
		return 2
	}
	return 0
}
