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
// Exit codes: 0 nothing is dead, 1 findings, 2 an error, or nothing to judge.
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
	"time"

	"gaugewright/internal/observe"
	"gaugewright/internal/report"
	"gaugewright/internal/source"
	"gaugewright/internal/verify"
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
		dead, err = options.do(ctx, &out, report.NewProgress("verify", stderr))
	}
	redact := options.secrets.Replacer()
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

// errNothing is the error of a run that had nothing to judge. It must not pass for a clean run.
var errNothing = errors.New("nothing was judged: the files have no rule, no visible query for Prometheus, " +
	"and no check of a test")

// do judges, writes the report, and reports whether there are findings.
func (o *options) do(ctx context.Context, out io.Writer, progress *report.Progress) (dead bool, err error) {
	files, err := verify.Read(o.named())
	if err != nil {
		return false, err
	}
	r := &verify.Report{}
	if !o.onlyTests() {
		if r, err = o.judge(ctx, files, progress); err != nil {
			return false, err
		}
	}
	r.Doubt(files)
	if err := r.Test(ctx, files); err != nil {
		return false, err
	}
	if r.IsEmpty() {
		return false, errors.Join(write(out, r, o.format, o.verbose), errNothing)
	}
	if o.baseline != "" && o.record {
		return false, report.Record(o.baseline, r.Findings, out)
	}
	if o.baseline != "" {
		if r.Findings, r.Known, err = report.Compare(o.baseline, r.Findings); err != nil {
			return false, err
		}
	}
	return len(r.Findings) > 0, write(out, r, o.format, o.verbose)
}

// judge judges boards and rules over a source.
func (o *options) judge(ctx context.Context, f verify.Files, progress *report.Progress) (*verify.Report, error) {
	defer progress.Done()
	end := time.Now().Truncate(time.Millisecond)
	s, err := o.open(ctx, f, end)
	if err != nil {
		return nil, err
	}
	return verify.Judge(ctx, s, f, verify.Options{End: end, Short: o.targets != nil, Variables: o.variables}, progress)
}

// open returns the source that the options name, filled if it is an engine.
func (o *options) open(ctx context.Context, f verify.Files, end time.Time) (source.Source, error) {
	if o.prometheus != nil {
		return source.Open(ctx, o.prometheus, o.access)
	}
	h, err := observe.New(f.Observed())
	if err != nil {
		return nil, err
	}
	if o.targets != nil {
		_, err = h.Targets(ctx, o.targets, end)
	} else {
		err = observeApp(ctx, h, end)
	}
	return source.Memory{Engine: h.Engine}, err
}
