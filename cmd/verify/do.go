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
	if err := r.Test(ctx, files); err != nil {
		return err
	}
	isComplete := len(r.Errors) == 0
	if o.baseline != "" && o.record && !isComplete {
		return fmt.Errorf("-record: %s was not written, since not everything was judged", o.baseline)
	}
	if r.IsEmpty() && isComplete {
		return errors.Join(write(&said.out, r, o.format, o.verbose), errNothing)
	}
	if o.baseline != "" && o.record {
		return report.Record(o.baseline, r.Findings, &said.out)
	}
	if o.baseline != "" {
		if r.Findings, r.Known, err = report.Compare(o.baseline, r.Findings, isComplete); err != nil {
			return err
		}
	}
	said.isDead = len(r.Findings) > 0
	return write(&said.out, r, o.format, o.verbose)
}

// judge judges boards and rules over a source.
func (o *options) judge(ctx context.Context, f verify.Files, progress *report.Progress) (*verify.Report, error) {
	defer progress.Done()
	end := time.Now().Truncate(time.Millisecond)
	s, observed, err := o.open(ctx, f, end, progress)
	if err != nil {
		return nil, err
	}
	judging := verify.Options{End: end, Observed: observed, Variables: o.variables}
	return verify.Judge(ctx, s, f, judging, progress)
}

// open returns the source that the options name, filled if it is an engine. It also returns how long running services
// were observed.
func (o *options) open(
	ctx context.Context, f verify.Files, end time.Time, progress *report.Progress,
) (source.Source, time.Duration, error) {
	if o.prometheus != nil {
		s, err := source.Open(ctx, o.prometheus, o.access)
		return s, 0, err
	}
	h, err := observe.New(f.Observed())
	if err != nil {
		return nil, 0, err
	}
	progress.Show("scraping")
	var observed time.Duration
	if o.targets != nil {
		observed, err = h.Targets(ctx, o.targets, end)
	} else {
		err = observeApp(ctx, h, end)
	}
	return source.Memory{Engine: h.Engine}, observed, err
}
