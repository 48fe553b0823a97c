package ruletest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"gaugewright/internal/rules"
)

// Report says which mutants of the rules the tests notice.
type Report struct {
	Tests   int // of all suites
	Checks  int // alerts and expressions that they check
	Mutants int
	Killed  int // noticed by a test
	Excused int // not noticed, with a reason why no test can

	Survivors []Mutant // not noticed: a test is missing
	Unneeded  []string // excuses for a mutant that a test notices, or that does not exist
}

// Gate runs the tests of the suites over every chosen mutant of their rules; nil chooses all. excuses maps a mutant's
// String to the reason why no test can notice it. A test that does not pass over the unbroken rules is an error.
func Gate(
	ctx context.Context, suites []*Suite, chosen func(Mutant) bool, excuses map[string]string,
) (Report, error) {
	var report Report
	var files []rules.File
	for _, s := range suites {
		tests, checks := s.Count()
		report.Tests += tests
		report.Checks += checks
		if failed := s.Failures(ctx); len(failed) > 0 {
			return report, fmt.Errorf("%s: %s: does not pass over the unbroken rules:\n%s",
				s.Path, s.tests[failed[0].Number-1].name, failed[0].words)
		}
		for _, file := range s.Files {
			if !slices.ContainsFunc(files, func(f rules.File) bool { return f.Path == file.Path }) {
				files = append(files, file)
			}
		}
	}
	mutants := slices.DeleteFunc(mutantsIn(files...), func(m Mutant) bool { return chosen != nil && !chosen(m) })
	killed, err := killAll(ctx, suites, mutants)
	if err != nil {
		return report, err
	}
	report.judge(mutants, killed, excuses)
	return report, nil
}

func (r *Report) judge(mutants []Mutant, killed []bool, excuses map[string]string) {
	r.Mutants = len(mutants)
	unneeded := maps.Clone(excuses)
	for i, m := range mutants {
		_, excused := excuses[m.String()]
		switch {
		case killed[i]:
			r.Killed++
		case excused:
			r.Excused++
			delete(unneeded, m.String())
		default:
			r.Survivors = append(r.Survivors, m)
		}
	}
	r.Unneeded = slices.Sorted(maps.Keys(unneeded))
}

// killAll reports for each mutant whether a test notices it.
func killAll(ctx context.Context, suites []*Suite, mutants []Mutant) ([]bool, error) {
	killed := make([]bool, len(mutants))
	failed := make([]error, len(mutants))
	hunt := &hunt{suites: suites, noticed: map[noticer]int{}}
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range next {
				killed[i], failed[i] = hunt.kill(ctx, mutants[i])
			}
		})
	}
	for i := range mutants {
		next <- i
	}
	close(next)
	workers.Wait()
	return killed, errors.Join(failed...)
}

// hunt tries tests on mutants. It counts how many mutants of a rule each test has noticed, and tries the test with
// the most first: that one most likely notices the next.
type hunt struct {
	suites  []*Suite
	mu      sync.Mutex // of what follows
	noticed map[noticer]int
}

type noticer struct {
	rule place
	test *test
}

// trial is a test for a mutant: whole, and reduced to the checks that the mutant can affect.
type trial struct {
	test, less *test
	rules      []*rule
}

// kill reports whether a test notices the mutant.
func (h *hunt) kill(ctx context.Context, m Mutant) (bool, error) {
	trials, err := h.trials(m)
	if err != nil {
		return false, fmt.Errorf("%s: %w", m, err)
	}
	for _, one := range trials {
		if len(one.less.run(ctx, one.less.needed(one.rules))) > 0 {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.noticed[noticer{m.place, one.test}]++
			return true, ctx.Err()
		}
	}
	return false, ctx.Err()
}

func (h *hunt) trials(m Mutant) ([]trial, error) {
	var all []trial
	for _, s := range h.suites {
		at := slices.IndexFunc(s.rules, func(r *rule) bool { return r.place == m.place })
		if at < 0 {
			continue
		}
		broken, err := compile(m.group, m.broken, m.place, time.Duration(s.Interval))
		if err != nil {
			return nil, err
		}
		mutated := slices.Clone(s.rules)
		mutated[at] = broken
		touched := downstream(broken, mutated)
		for _, t := range s.tests {
			if less := t.only(touched); less != nil {
				all = append(all, trial{t, less, mutated})
			}
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	slices.SortStableFunc(all, func(a, b trial) int {
		return h.noticed[noticer{m.place, b.test}] - h.noticed[noticer{m.place, a.test}]
	})
	return all, nil
}

// downstream returns a rule and all rules that read its output, directly or through other rules.
func downstream(origin *rule, rules []*rule) []*rule {
	found := []*rule{origin}
	for i := 0; i < len(found); i++ {
		for _, r := range rules {
			if r.reads.any(found[i].writes) && !slices.Contains(found, r) {
				found = append(found, r)
			}
		}
	}
	return found
}

// needed returns the rules that the test asks for and all rules whose output those read, in order.
func (t *test) needed(rules []*rule) []*rule {
	asked := t.reads()
	found := map[*rule]bool{}
	for _, r := range rules {
		found[r] = asked.any(r.writes) || slices.ContainsFunc(t.AlertTests, func(check alertTest) bool {
			return check.Alert == r.Alert
		})
	}
	for grown := true; grown; {
		grown = false
		for _, r := range rules {
			if found[r] {
				continue
			}
			found[r] = slices.ContainsFunc(rules, func(reader *rule) bool {
				return found[reader] && reader.reads.any(r.writes)
			})
			grown = grown || found[r]
		}
	}
	return slices.DeleteFunc(slices.Clone(rules), func(r *rule) bool { return !found[r] })
}
