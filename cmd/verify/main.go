// Verify runs every query of every board, and every rule, on Prometheus's own engine over what a service really exposes,
// and names what is dead: a query whose selector finds nothing, an answer that only fills in zeros, a legend with a label
// that is not there, an override that matches nothing. By default it starts this repository's service in process, with
// traffic, and reads the generated files; it judges any other running service, asks a running Prometheus, and takes boards
// and rules from other hands. It changes nothing but its own baseline.
//
//	verify [-v] [-target [JOB=]URL[,[JOB=]URL] | -prometheus URL] [-boards GLOB] [-rules GLOB] [-baseline FILE [-record]]
//	verify [-v] -tests GLOB [-rules GLOB]
//
// With -tests it runs rule tests in promtool's format in process, and names each check that fails and each alert that no
// test expects to fire. The tests alone are run, with no service and no network, unless boards, a target or a Prometheus
// are named too.
//
// Exit codes: 0 nothing is dead, 1 findings, 2 could not, or there was nothing to judge.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	options, err := parseArgs(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	var out bytes.Buffer
	dead := false
	if err == nil {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		dead, err = options.do(ctx, &out, newProgress(stderr))
	}
	redact := options.secrets.replacer()
	if _, e := redact.WriteString(stdout, out.String()); e != nil {
		err = e
	}
	switch {
	case err != nil:
		fmt.Fprintf(stderr, "verify: %s\n", redact.Replace(err.Error()))
		return 2
	case dead:
		return 1
	}
	return 0
}

// errNothing is for a run that looked at nothing, which must not pass for a clean one.
var errNothing = errors.New("nothing was judged: in the files there is no rule, " +
	"no query for Prometheus that is not hidden, and no check of a test")

// do judges, writes the report, and reports whether there are findings.
func (o options) do(ctx context.Context, out io.Writer, progress *progress) (dead bool, err error) {
	files, err := o.read()
	if err != nil {
		return false, err
	}
	r := &report{}
	if !o.onlyTests() {
		if r, err = o.judge(ctx, files, progress); err != nil {
			return false, err
		}
	}
	r.doubt(files)
	if err := r.test(ctx, files); err != nil {
		return false, err
	}
	if r.isEmpty() {
		return false, errors.Join(r.write(out, o.format, o.verbose), errNothing)
	}
	if o.baseline != "" && o.record {
		return false, record(o.baseline, r, out)
	}
	if o.baseline != "" {
		if err := r.compare(o.baseline); err != nil {
			return false, err
		}
	}
	return len(r.Findings) > 0, r.write(out, o.format, o.verbose)
}

// judge judges boards and rules on what a source has.
func (o options) judge(ctx context.Context, f files, progress *progress) (*report, error) {
	source, end, err := o.open(ctx, f)
	if err != nil {
		return nil, err
	}
	defer progress.done()
	return newJudge(source, o.judging(f, end)).report(ctx, f, progress)
}
