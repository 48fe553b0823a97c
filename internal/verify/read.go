package verify

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/input"
	"gaugewright/internal/report"
	"gaugewright/internal/rules"
	"gaugewright/internal/rules/ruletest"
)

// read reads the files that match the patterns. A file that cannot be read does not keep the others from being judged.
func (f *Files) read(boards, ruleFiles, tests string) (err error) {
	if f.Boards, err = readEach(f, "-boards", boards, readBoards); err != nil {
		return err
	}
	before := len(f.Unread)
	if f.Rules, err = readEach(f, "-rules", ruleFiles, readRules); err != nil {
		return err
	}
	f.lostRules = len(f.Unread) > before
	before = len(f.Unread)
	f.Suites, err = readEach(f, "-tests", tests, one(func(path string) (*ruletest.Suite, error) {
		suite, err := ruletest.LoadSuite(path, f.Rules...)
		if err == nil && f.lostRules && f.areOnly(suite.Files) {
			return nil, fmt.Errorf("its rules are those of -rules, and one of these files was not read")
		}
		return suite, err
	}))
	f.lostTests = len(f.Unread) > before
	return err
}

// readEach reads the files that match the pattern of a flag. read returns what it could read of a file, and the errors of
// the rest.
func readEach[T any](f *Files, flag, pattern string, read func(path string) ([]T, []error)) ([]T, error) {
	if pattern == "" {
		return nil, nil
	}
	paths, err := filepath.Glob(pattern)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s %s: %w", flag, pattern, err)
	case len(paths) > 0:
	case !f.Own:
		return nil, fmt.Errorf("%s: no file matches %s", flag, pattern)
	case flag == "-boards":
		return nil, fmt.Errorf("no file matches %s: run gen first, in the repository's root, or name files with -boards", pattern)
	}
	var all []T
	for _, path := range paths {
		values, errs := read(path)
		for _, err := range errs {
			text := strings.TrimPrefix(err.Error(), path+": ")
			if in := (*fs.PathError)(nil); errors.As(err, &in) && in.Path == path {
				text = in.Err.Error()
			}
			f.Unread = append(f.Unread, report.Finding{Place: report.Place{File: path}, Kind: report.NotRead, Text: text})
		}
		all = append(all, values...)
	}
	return all, nil
}

// one reads files that hold one thing.
func one[T any](read func(path string) (T, error)) func(path string) ([]T, []error) {
	return func(path string) ([]T, []error) {
		value, err := read(path)
		if err != nil {
			return nil, []error{err}
		}
		return []T{value}, nil
	}
}

// readRules reads a rule file, or as much of it as can be read.
func readRules(path string) ([]rules.File, []error) {
	file, err := rules.Load(path)
	switch {
	case err == nil:
		return []rules.File{file}, nil
	case len(file.Groups) > 0:
		return []rules.File{file}, []error{err}
	}
	return nil, []error{err}
}

func readBoards(path string) ([]Board, []error) {
	data, err := input.File(path, input.Document)
	if err != nil {
		return nil, []error{err}
	}
	read, errs := grafana.ReadAll(data)
	var all []Board
	for _, board := range read {
		all = append(all, Board{path, board})
	}
	return all, errs
}

// areOnly reports whether all of the files are among the rule files.
func (f *Files) areOnly(files []rules.File) bool {
	return !slices.ContainsFunc(files, func(file rules.File) bool {
		return !slices.ContainsFunc(f.Rules, func(own rules.File) bool { return own.Path == file.Path })
	})
}
