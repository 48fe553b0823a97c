package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gaugewright/internal/observe"
	"gaugewright/internal/report"
	"gaugewright/internal/source"
	"gaugewright/internal/verify"
)

// errNothing is the error of a run that had nothing to judge. It must not pass for a clean run.
var errNothing = errors.New("nothing was judged: the files have no rule, no visible query for Prometheus, " +
	"and no check of a test")

// do judges, and writes the report.
func (o *options) do(ctx context.Context, said *outcome, progress *report.Progress) error {
	progress.Show("reading files")
	files, err := verify.Read(o.named())
	if err != nil {
		return err
	}
	r := &verify.Report{}
	if !o.onlyTests() && !(files.IsEmpty() && len(files.Unread) > 0) {
		if r, err = o.judge(ctx, files, progress); err != nil {
			return err
		}
	}
	r.Errors = append(files.Unread, r.Errors...)
	said.report = r
	r.Doubt(files)
	if files.Suites != nil {
		progress.Show("running rule tests")
	}
	if err := r.Test(ctx, files); err != nil {
		return err
	}
	switch isComplete := len(r.Errors) == 0; {
	case isComplete && r.IsEmpty():
		return errors.Join(write(&said.out, r, o.format, o.verbose), errNothing)
	case o.record && !isComplete:
		return fmt.Errorf("-record: %s was not written, since not everything was judged", o.baseline)
	case o.record:
		return report.Record(o.baseline, "verify", r.Findings, &said.out)
	case o.baseline != "":
		if r.Findings, r.Known, err = report.Compare(o.baseline, r.Findings, isComplete); err != nil {
			return err
		}
	}
	said.isDead = len(r.Findings) > 0
	return write(&said.out, r, o.format, o.verbose)
}

// judge judges boards and rules over a source.
func (o *options) judge(ctx context.Context, f verify.Files, progress *report.Progress) (*verify.Report, error) {
	judging := verify.Options{End: time.Now().Truncate(time.Millisecond), Variables: o.variables}
	s, err := o.open(ctx, f, &judging, progress)
	if err != nil {
		return nil, err
	}
	return verify.Judge(ctx, s, f, judging, progress)
}

// open returns the source that the options name, filled if it is an engine. It adds what was observed to the options of
// the judge.
func (o *options) open(
	ctx context.Context, f verify.Files, judging *verify.Options, progress *report.Progress,
) (source.Source, error) {
	if o.prometheus != nil {
		return source.Open(ctx, o.prometheus, o.access)
	}
	observed := f.Observed()
	observed.MaxPage, observed.HonorLabels = o.maxPage, o.honorLabels
	observed.Show = func(done, of int) { progress.Show("%d of %d scrapes", done, of) }
	h, err := observe.New(observed)
	if err != nil {
		return nil, err
	}
	if o.targets != nil {
		judging.Observed, err = h.Targets(ctx, o.targets, judging.End)
	} else {
		err = observeApp(ctx, h, judging.End)
	}
	judging.Pages, judging.HonorLabels = h.Pages, o.honorLabels
	return source.Memory{Engine: h.Engine}, err
}
