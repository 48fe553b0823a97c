package report

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"gaugewright/internal/input"
	"gaugewright/internal/output"
)

// A baseline is a text file of known findings, one on a line, sorted. A line has place and kind, not the finding's
// text, which may change with the data.

// baselineHead is the first line of a baseline. It names the command: each keeps one of its own.
func baselineHead(command string) string {
	return fmt.Sprintf("# Known findings, which %s does not count. Written by %s -baseline FILE -record.\n", command, command)
}

// Key returns what identifies a finding in a list that people keep: its line in a baseline.
func (f Finding) Key() string { return f.line() }

// line returns a finding's line in a baseline: board, panel with id, query or check, and kind, but not the file's
// path. It is never a comment, and has no space around it.
func (f Finding) line() string {
	parts := []string{f.Board, f.name()}
	for _, part := range []string{f.Query, f.Check} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	line := strings.TrimSpace(Shown(strings.Join(append(parts, string(f.Kind)), " | ")))
	if strings.HasPrefix(line, "#") {
		return `\` + line
	}
	return line
}

// Record writes a command's baseline of the findings, and says so. It replaces no file but such a baseline.
func Record(path, command string, findings []Finding, out io.Writer) error {
	text, lines := baseline(command, findings)
	if _, err := output.Write(path, baselineHead(command), []byte(text)); err != nil {
		return fmt.Errorf("-baseline %w", err)
	}
	_, err := fmt.Fprintf(out, "recorded in %s: %s\n", Shown(path), Count(lines, "finding"))
	return err
}

func baseline(command string, findings []Finding) (text string, lines int) {
	var all []string
	for _, f := range findings {
		all = append(all, f.line())
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return baselineHead(command) + strings.Join(append(all, ""), "\n"), len(all)
}

// Compare returns the findings that are not in the baseline, and one for each of its lines that is no longer needed. It
// also returns how many findings are known. Where not everything was judged, no line is unneeded.
func Compare(path string, findings []Finding, isComplete bool) (others []Finding, known int, err error) {
	text, err := input.File(path, input.Document)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, fmt.Errorf("-baseline %s: no such file; write it with -record", path)
	}
	if err != nil {
		return nil, 0, err
	}
	others, known = compare(path, string(text), findings)
	if !isComplete {
		others = slices.DeleteFunc(others, func(f Finding) bool { return f.Kind == Unneeded })
	}
	return others, known, nil
}

// maxUnneeded is how many lines of a baseline are told one by one to be no longer needed.
const maxUnneeded = 1000

func compare(path, text string, findings []Finding) (others []Finding, known int) {
	listed := map[string]bool{} // of the findings, whether the baseline has them
	for _, f := range findings {
		listed[f.line()] = false
	}
	var unneeded []Finding
	number, more := 0, 0
	for line := range strings.SplitSeq(text, "\n") {
		number++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		at := Place{File: path, Panel: fmt.Sprintf("line %d", number)}
		if _, isNeeded := listed[line]; isNeeded {
			listed[line] = true
		} else if len(unneeded) < maxUnneeded {
			unneeded = append(unneeded, Finding{at, Unneeded, line + ": nothing is wrong there any more; remove the line"})
		} else {
			more++
		}
	}
	if more > 0 {
		unneeded = append(unneeded, Finding{Place{File: path}, Unneeded, fmt.Sprintf("%d more lines are needed no longer; write it anew with -record", more)})
	}
	others = slices.DeleteFunc(slices.Clone(findings), func(f Finding) bool { return listed[f.line()] })
	known = len(findings) - len(others)
	return append(others, unneeded...), known
}
