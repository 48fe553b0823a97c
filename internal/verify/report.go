// Package verify decides what is dead. It runs every query of every board, and every rule, over a source of series, and
// compares what they need with what is there: metrics, labels, buckets, fields for overrides and transformations. It also
// runs rule tests. It reads files and asks the source, and writes nothing: what it decides is a Report.
package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/grafana"
	"gaugewright/internal/report"
	"gaugewright/internal/source"
)

// Report is the result of verify, in the order of the files.
type Report struct {
	Findings []report.Finding `json:"findings"`
	Notes    []report.Finding `json:"notes"`
	Errors   []report.Finding `json:"errors,omitempty"` // what could not be read or asked
	Queries  []Judged         `json:"queries"`
	Rules    []Judged         `json:"rules"`
	Tests    *Tests           `json:"tests,omitempty"`
	Coverage *Coverage        `json:"coverage,omitempty"` // nil if only tests were run
	Boards   int              `json:"boards"`
	Known    int              `json:"known"`                         // findings in the baseline
	Observed time.Duration    `json:"observedNanoseconds,omitempty"` // how long a running service was observed
}

// task judges one thing.
type task struct {
	do     func() (verdict, error)
	isRule bool
	number int // among tasks with the same place
}

// Judge judges boards and rules over a source.
func Judge(ctx context.Context, s source.Source, f Files, o Options, progress *report.Progress) (*Report, error) {
	return newJudge(s, o.judging(f)).report(ctx, f, progress)
}

// report judges everything, with as much parallelism as the source allows. The first error ends it.
func (j *judge) report(ctx context.Context, f Files, progress *report.Progress) (*Report, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r := &Report{Boards: len(f.Boards), Observed: j.Observed, Notes: j.Pages.Notes}
	tasks, err := j.tasks(ctx, r, f, progress)
	if err != nil {
		return nil, err
	}
	if err := r.run(tasks, j.source.Parallel(), cancel, progress); err != nil {
		return nil, err
	}
	if err := r.loaded(ctx, j.source, f); err != nil {
		return nil, err
	}
	err = r.cover(ctx, j)
	r.withoutLost(j.Pages.Lost)
	return r, err
}

// tasks returns what is to be judged. It resolves the boards' variables, and adds what is wrong with them.
func (j *judge) tasks(ctx context.Context, r *Report, f Files, progress *report.Progress) ([]task, error) {
	var tasks []task
	numbers := numbers{}
	for i, b := range f.Boards {
		progress.Show("variables of %d of %d boards", i, len(f.Boards))
		ctx := engine.WithAllowance(ctx)
		scopes := scopes{judge: j, board: b}
		for _, p := range b.Panels {
			o, err := scopes.of(ctx, p)
			if err != nil {
				return nil, err
			}
			do := func() (verdict, error) { return j.panel(ctx, o, p) }
			tasks = append(tasks, task{do, false, numbers.next(report.Place{Board: b.Name(), Panel: p.Name(), ID: p.ID})})
		}
		o, err := scopes.of(ctx, grafana.Panel{})
		if err != nil {
			return nil, err
		}
		for _, a := range b.Annotations {
			do := func() (verdict, error) { return j.annotation(ctx, o, a) }
			tasks = append(tasks, task{do, false, numbers.next(report.Place{Board: b.Name(), Panel: "annotation " + a.Name})})
		}
		r.add(scopes.said, false)
	}
	for _, file := range f.Rules {
		ctx := engine.WithAllowance(ctx)
		for _, group := range file.Groups {
			for _, rule := range group.Rules {
				do := func() (verdict, error) { return j.rule(ctx, file.Path, group.Name, rule) }
				tasks = append(tasks, task{do, true, numbers.next(report.Place{Board: group.Name, Panel: rule.Name()})})
			}
		}
	}
	return tasks, nil
}

// run runs the tasks and keeps their verdicts in order.
func (r *Report) run(tasks []task, parallel int, cancel func(), progress *report.Progress) error {
	verdicts, errs := make([]verdict, len(tasks)), make([]error, len(tasks))
	var wait sync.WaitGroup
	var first sync.Once
	var cause error
	var done atomic.Int64
	slots := make(chan struct{}, parallel)
	for i, t := range tasks {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			if verdicts[i], errs[i] = t.do(); errs[i] != nil {
				first.Do(func() { cause = errs[i] })
				cancel()
			}
			progress.Show("%d of %d panels and rules", done.Add(1), len(tasks))
		})
	}
	wait.Wait()
	for i, v := range verdicts {
		v.stamp(tasks[i].number)
		r.add(v, tasks[i].isRule)
	}
	return cause
}

func (r *Report) add(v verdict, isRule bool) {
	r.Findings = append(r.Findings, v.findings...)
	r.Notes = append(r.Notes, v.notes...)
	r.Errors = append(r.Errors, v.errors...)
	if isRule {
		r.Rules = append(r.Rules, v.judged...)
	} else {
		r.Queries = append(r.Queries, v.judged...)
	}
}

// MarshalJSON writes the report. A list that has nothing is [], not null.
func (r *Report) MarshalJSON() ([]byte, error) {
	type plain Report
	p := plain(*r)
	p.Findings, p.Notes = listed(p.Findings), listed(p.Notes)
	p.Queries, p.Rules = listed(p.Queries), listed(p.Rules)
	if r.Coverage != nil {
		c := *r.Coverage
		c.Unused, c.Lacking = listed(c.Unused), listed(c.Lacking)
		p.Coverage = &c
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(p)
	return out.Bytes(), err
}

func listed[T any](all []T) []T { return append([]T{}, all...) }

// IsEmpty reports whether there was nothing to judge, and no finding.
func (r *Report) IsEmpty() bool {
	return len(r.Findings) == 0 && (r.Tests == nil || r.Tests.Checks == 0) &&
		Count(r.Rules, NotJudged) == len(r.Rules) && Count(r.Queries, NotJudged) == len(r.Queries)
}
