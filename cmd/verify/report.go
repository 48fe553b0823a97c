package main

import (
	"context"
	"sync"
)

// report is the result of verify, in the order of the files.
type report struct {
	Findings []finding `json:"findings"`
	Notes    []finding `json:"notes"`
	Queries  []judged  `json:"queries"`
	Rules    []judged  `json:"rules"`
	Tests    *tests    `json:"tests,omitempty"`
	Coverage *coverage `json:"coverage,omitempty"` // nil if only tests were run
	Boards   int       `json:"boards"`
	Known    int       `json:"known"` // findings in the baseline
}

// task judges one thing.
type task struct {
	do     func() (verdict, error)
	isRule bool
	number int // among tasks with the same place
}

// report judges everything, with as much parallelism as the source allows. The first error ends it.
func (j *judge) report(ctx context.Context, f files, progress *progress) (*report, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r := &report{Boards: len(f.boards)}
	var tasks []task
	numbers := numbers{}
	for _, b := range f.boards {
		o, v, err := j.open(ctx, b)
		if err != nil {
			return nil, err
		}
		r.add(v, false)
		for _, p := range b.board.Panels {
			do := func() (verdict, error) { return j.panel(ctx, o, p) }
			tasks = append(tasks, task{do, false, numbers.next(place{Board: b.name(), Panel: p.Title, ID: p.ID})})
		}
		for _, a := range b.board.Annotations {
			do := func() (verdict, error) { return j.annotation(ctx, o, a) }
			tasks = append(tasks, task{do, false, numbers.next(place{Board: b.name(), Panel: "annotation " + a.Name})})
		}
	}
	for _, file := range f.rules {
		for _, group := range file.Groups {
			for _, rule := range group.Rules {
				do := func() (verdict, error) { return j.rule(ctx, file.Path, group.Name, rule) }
				tasks = append(tasks, task{do, true, numbers.next(place{Board: group.Name, Panel: rule.Name()})})
			}
		}
	}
	if err := r.run(tasks, j.source.Parallel(), cancel, progress); err != nil {
		return nil, err
	}
	if err := r.loaded(ctx, j.source, f); err != nil {
		return nil, err
	}
	covered, err := j.coverage(ctx)
	if err != nil {
		return nil, err
	}
	r.Coverage = &covered
	return r, nil
}

// run runs the tasks and keeps their verdicts in order.
func (r *report) run(tasks []task, parallel int, cancel func(), progress *progress) error {
	verdicts, errs := make([]verdict, len(tasks)), make([]error, len(tasks))
	var wait sync.WaitGroup
	var first sync.Once
	var cause error
	slots := make(chan struct{}, parallel)
	for i, t := range tasks {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			if verdicts[i], errs[i] = t.do(); errs[i] != nil {
				first.Do(func() { cause = errs[i] })
				cancel()
			}
			progress.step(len(tasks))
		})
	}
	wait.Wait()
	for i, v := range verdicts {
		v.stamp(tasks[i].number)
		r.add(v, tasks[i].isRule)
	}
	return cause
}

func (r *report) add(v verdict, isRule bool) {
	r.Findings = append(r.Findings, v.findings...)
	r.Notes = append(r.Notes, v.notes...)
	if isRule {
		r.Rules = append(r.Rules, v.judged...)
	} else {
		r.Queries = append(r.Queries, v.judged...)
	}
}

// isEmpty reports whether there was nothing to judge, and no finding.
func (r *report) isEmpty() bool {
	return len(r.Findings) == 0 && (r.Tests == nil || r.Tests.Checks == 0) && len(r.Rules) == 0 && count(r.Queries, notJudged) == len(r.Queries)
}

// count returns how many of the judged have a state.
func count(all []judged, s state) int {
	n := 0
	for _, j := range all {
		if j.State == s {
			n++
		}
	}
	return n
}
