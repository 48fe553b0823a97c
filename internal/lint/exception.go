package lint

import (
	"fmt"
	"strings"

	"gaugewright/internal/report"
	"gaugewright/internal/wildcard"
)

// Exceptions excuse findings, each for a reason.
type Exceptions struct {
	path string
	list []exception
}

type exception struct {
	pieces  []string // of written, without its *
	written string
	reason  string
	line    int
	isUsed  bool
}

// Unneeded is the kind of a finding about an exception that excuses nothing.
const Unneeded = string(report.Unneeded)

// maxExceptions is how many exceptions a file may have: each is held against each finding.
const maxExceptions = 10_000

// ParseExceptions reads a file of exceptions: a line has what a baseline has of a finding, where * stands for any text, and
// why it is right as it is:
//
//	go-memory | Heap in use | A | unit because the panel shows pages, not bytes
//
// Lines that begin with # are comments.
func ParseExceptions(path, text string) (*Exceptions, error) {
	all := &Exceptions{path: path}
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		at := strings.LastIndex(line, " because ")
		if at < 0 || strings.TrimSpace(line[at+len(" because "):]) == "" {
			return nil, fmt.Errorf("%s:%d: an exception without a reason: end the line with: because REASON", path, i+1)
		}
		written := strings.TrimSpace(line[:at])
		if rule := strings.TrimSpace(written[strings.LastIndex(written, "|")+1:]); rule != "*" && !IsKnown(rule) {
			return nil, fmt.Errorf("%s:%d: there is no rule %q: -rules lists them", path, i+1, rule)
		}
		if len(all.list) == maxExceptions {
			return nil, fmt.Errorf("%s:%d: more than %d exceptions, the limit: * stands for any text, and -baseline keeps what is old", path, i+1, maxExceptions)
		}
		all.list = append(all.list, exception{
			pieces: strings.Split(written, "*"), written: written, reason: strings.TrimSpace(line[at+len(" because "):]), line: i + 1,
		})
	}
	return all, nil
}

// Apply removes the findings that are excused, and adds one for each exception that excuses nothing. Where not everything
// was read, none is unneeded. It returns how many findings are excused.
func (e *Exceptions) Apply(r *Result, isComplete bool) (excused int) {
	var kept []Finding
	for _, f := range r.Findings {
		if e.excuses(f) {
			excused++
		} else {
			kept = append(kept, f)
		}
	}
	for _, one := range e.list {
		if isComplete && !one.isUsed {
			kept = append(kept, Finding{
				Place: report.Place{File: e.path, Line: one.line}, Rule: Unneeded, Severity: Error,
				Text: one.written + ": nothing is found there; remove the line",
			})
		}
	}
	r.Findings = kept
	return excused
}

func (e *Exceptions) excuses(f Finding) bool {
	key, isExcused := f.Reported().Key(), false
	for i := range e.list {
		if wildcard.Match(e.list[i].pieces, key) {
			e.list[i].isUsed, isExcused = true, true
		}
	}
	return isExcused
}
