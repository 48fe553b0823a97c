package main

import (
	"fmt"
	"io"
	"os"

	"gaugewright/internal/diff"
	"gaugewright/internal/input"
	"gaugewright/internal/report"
)

// isDriver reports whether Git runs the command as an external diff driver: with a path, the old file, its id and mode,
// and the new ones; for a renamed file also its new name and what Git says about it.
// https://git-scm.com/docs/git#Documentation/git.txt-GITEXTERNALDIFF
func isDriver(args []string) bool {
	return os.Getenv("GIT_DIFF_PATH_TOTAL") != "" && (len(args) == 7 || len(args) == 9 || len(args) == 1)
}

// drive compares two versions of one file. Git takes every exit code but 0 for a failure of its own.
func drive(args []string, stdout, stderr io.Writer) int {
	name := args[0]
	if len(args) == 1 {
		fmt.Fprintf(stdout, "%s: not merged yet\n", report.Shown(name))
		return 0
	}
	newName := name
	if len(args) == 9 {
		newName = args[7]
	}
	old, err := version(newName, args[1])
	if err == nil {
		var new []diff.File
		if new, err = version(newName, args[4]); err == nil {
			r := diff.Compare(old, new)
			for _, e := range r.Errors {
				fmt.Fprintf(stdout, "%s: %s\n", report.Shown(e.File), report.Shown(e.Text))
			}
			err = r.Text(stdout, inColor(stdout))
		}
	}
	if err != nil {
		fmt.Fprintf(stderr, "diff: %s: %s\n", report.Shown(name), report.ShownLines(err.Error()))
	}
	return 0
}

// version reads one version of the file; /dev/null stands for none.
func version(name, path string) ([]diff.File, error) {
	if path == "/dev/null" {
		return nil, nil
	}
	data, err := input.File(path, input.Document)
	return []diff.File{{Path: name, Data: data}}, err
}
