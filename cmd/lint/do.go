package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/diff"

	"gaugewright/internal/input"
	"gaugewright/internal/lint"
	"gaugewright/internal/output"
	"gaugewright/internal/report"
	"gaugewright/internal/scrape"
	"gaugewright/internal/source"
)

// outcome is what a run comes to.
type outcome struct {
	out     bytes.Buffer
	unread  []report.Finding
	isWrong bool // there are errors
	err     error
}

// errNothing is the error of a run that had nothing to lint. It must not pass for a clean run.
var errNothing = errors.New("nothing was linted: the files have no board and no rule")

func (o *options) do(ctx context.Context, stdin io.Reader, progress *report.Progress) *outcome {
	said := &outcome{}
	if o.rules {
		said.err = lint.Table(&said.out)
		return said
	}
	said.err = o.lint(ctx, said, stdin, progress)
	return said
}

func (o *options) lint(ctx context.Context, said *outcome, stdin io.Reader, progress *report.Progress) error {
	progress.Show("reading files")
	sources, err := o.sources(stdin)
	if err != nil {
		return err
	}
	metrics, err := o.metrics(ctx, sources, stdin, progress)
	if err != nil {
		return err
	}
	progress.Show("linting %s", report.Count(len(sources), "file"))
	var unmended error
	if o.fix {
		if sources, unmended = o.mend(said, sources, metrics); o.diff {
			return unmended
		}
	}
	files := o.read(sources)
	said.unread = append(files.Unread, metrics.Unanswered...)
	r := lint.Lint(files, metrics)
	if r.Boards+r.Rules+len(r.Findings)+len(said.unread) == 0 {
		return errNothing
	}
	return errors.Join(unmended, o.conclude(said, r))
}

func (o *options) read(sources []lint.Source) *lint.Files {
	files := lint.Read(sources)
	files.Interval, files.Server = o.interval, o.server
	return files
}

// metrics gathers what is known.
func (o *options) metrics(ctx context.Context, sources []lint.Source, stdin io.Reader, progress *report.Progress) (*lint.Metrics, error) {
	m := lint.NewMetrics()
	for _, page := range o.pages {
		progress.Show("reading %s", page)
		read, err := scrape.Reader{MaxBytes: o.maxPage, Native: true}.Load(ctx, page, stdin)
		if err != nil {
			return nil, fmt.Errorf("-metrics: %w", err)
		}
		m.AddPages(read.Families)
	}
	if o.prometheus == nil {
		return m, nil
	}
	progress.Show("asking %s", o.prometheus)
	server, err := source.Open(ctx, o.prometheus, o.access)
	if err == nil {
		err = m.Ask(ctx, server, lint.Read(sources), time.Now())
	}
	if err != nil {
		return nil, fmt.Errorf("-prometheus: %w", err)
	}
	return m, nil
}

// mend writes what is certain into the files, or shows it. It returns the files as they are then, and an error for those
// that could not be written, which does not keep the others from being mended.
func (o *options) mend(said *outcome, sources []lint.Source, m *lint.Metrics) ([]lint.Source, error) {
	changed := lint.Fix(sources, func(now []lint.Source) *lint.Result { return lint.Lint(o.read(now), m) })
	sources = slices.Clone(sources)
	if err := o.tidy(sources); err != nil {
		return sources, err
	}
	var mended []string
	var unmended error
	for i, s := range sources {
		data, ok := changed[s.Path]
		switch {
		case !ok:
			continue
		case o.diff:
			said.isWrong = true
			said.out.WriteString(shownDiff(diff.Diff(report.Shown(s.Path), s.Data, report.Shown(s.Path), data)))
			continue
		}
		if err := output.Rewrite(s.Path, s.Data, data); err != nil {
			unmended = errors.Join(unmended, err)
			continue
		}
		sources[i].Data, mended = data, append(mended, s.Path)
	}
	if o.format == "text" {
		for _, path := range slices.Sorted(slices.Values(mended)) {
			fmt.Fprintf(&said.out, "mended: %s\n", report.Shown(path))
		}
	}
	return sources, unmended
}

// shownDiff writes a diff so that its lines are nothing but text. Most files look so anyway: patch can read their diff.
func shownDiff(text []byte) string {
	lines := strings.Split(string(text), "\n")
	for i, line := range lines {
		pieces := strings.Split(line, "\t")
		for j := range pieces {
			pieces[j] = report.Shown(pieces[j])
		}
		lines[i] = strings.Join(pieces, "\t")
	}
	return strings.Join(lines, "\n")
}

// tidy removes what earlier runs left beside the files when they were killed.
func (o *options) tidy(sources []lint.Source) error {
	if o.diff {
		return nil
	}
	var paths []string
	for _, s := range sources {
		paths = append(paths, s.Path)
	}
	return output.Tidy(paths...)
}

// conclude leaves out what is excused or known, and writes the rest.
func (o *options) conclude(said *outcome, r *lint.Result) error {
	isComplete := len(said.unread) == 0
	excused := 0
	if o.exceptions != "" {
		text, err := input.File(o.exceptions, input.Document)
		if err != nil {
			return fmt.Errorf("-exceptions: %w", err)
		}
		exceptions, err := lint.ParseExceptions(o.exceptions, string(text))
		if err != nil {
			return fmt.Errorf("-exceptions: %w", err)
		}
		excused = exceptions.Apply(r, isComplete)
	}
	switch {
	case o.record && !isComplete:
		return fmt.Errorf("-record: %s was not written, since not everything was read", o.baseline)
	case o.record:
		return report.Record(o.baseline, "lint", reported(r.Findings), &said.out)
	}
	known := 0
	if o.baseline != "" {
		var err error
		if known, err = o.compare(r, isComplete); err != nil {
			return err
		}
	}
	s := &saying{Result: r, Excused: excused, Known: known, unread: said.unread, isAll: o.all}
	said.isWrong = s.count(lint.Error) > 0
	return s.write(&said.out, o.format)
}

// compare leaves out the findings of the baseline, and adds those about lines that are no longer needed.
func (o *options) compare(r *lint.Result, isComplete bool) (known int, err error) {
	others, known, err := report.Compare(o.baseline, reported(r.Findings), isComplete)
	if err != nil {
		return 0, err
	}
	isOther := map[string]bool{}
	for _, f := range others {
		isOther[f.Key()] = true
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f lint.Finding) bool { return !isOther[f.Reported().Key()] })
	for _, f := range others {
		if f.Kind == report.Unneeded {
			r.Findings = append(r.Findings, lint.Finding{Place: f.Place, Rule: string(f.Kind), Severity: lint.Error, Text: f.Text})
		}
	}
	return known, nil
}

func reported(findings []lint.Finding) []report.Finding {
	var all []report.Finding
	for _, f := range findings {
		all = append(all, f.Reported())
	}
	return all
}
