package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// A baseline is a text file of known findings, one on a line, sorted. A line has place and kind, not the finding's
// text, which may change with the data.

const baselineHead = `# Known findings, which verify does not count. Written by verify -baseline FILE -record.
`

// line returns a finding's line in a baseline: board, panel with id, query or check, and kind, but not the file's
// path.
func (f finding) line() string {
	parts := []string{f.Board, f.name()}
	for _, part := range []string{f.Query, f.Check} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.ReplaceAll(strings.Join(append(parts, string(f.Kind)), " | "), "\n", " ")
}

// record writes the current findings.
func record(path string, r *report, out io.Writer) error {
	var lines []string
	for _, f := range r.Findings {
		lines = append(lines, f.line())
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	text := baselineHead
	for _, line := range lines {
		text += line + "\n"
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "recorded in %s: %s\n", path, number(len(lines), "finding"))
	return err
}

// compare removes the findings that are in the baseline, and adds one for each line that is no longer needed.
func (r *report) compare(path string) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("-baseline %s: no such file; write it with -record", path)
	}
	if err != nil {
		return err
	}
	needed := map[string]bool{}
	for _, f := range r.Findings {
		needed[f.line()] = true
	}
	known := map[string]bool{}
	var unneededLines []finding
	for i, line := range strings.Split(string(text), "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		known[line] = true
		if !needed[line] {
			at := place{File: path, Panel: fmt.Sprintf("line %d", i+1)}
			unneededLines = append(unneededLines, finding{at, unneeded, line + ": nothing is wrong there any more; remove the line"})
		}
	}
	all := len(r.Findings)
	r.Findings = slices.DeleteFunc(r.Findings, func(f finding) bool { return known[f.line()] })
	r.Known = all - len(r.Findings)
	r.Findings = append(r.Findings, unneededLines...)
	return nil
}
