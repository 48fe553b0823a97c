package main

import (
	"bytes"

	"gaugewright/internal/diff"
	"gaugewright/internal/lint"
)

// lintBoth gives the files of both sides what lint finds in them. All files of a side are looked at, since a rule or a board
// may be what is wrong with another. What both sides have is read once.
func lintBoth(old, new []diff.File) {
	same, olds, news := bySide(old, new)
	sides := [2]*lint.Files{lint.Read(olds), lint.Read(news)}
	if bad := unread(sides); len(bad) > 0 { // a file that one side lacks only because it is broken there would make findings new
		sides = [2]*lint.Files{lint.Read(without(olds, bad)), lint.Read(without(news, bad))}
	}
	if len(sides[0].All)+len(sides[1].All) == 0 {
		return // nothing changed that lint looks at
	}
	shared := lint.Read(same)
	for i, files := range [][]diff.File{old, new} {
		r := lint.Lint(lint.Together(shared, sides[i]), lint.NewMetrics())
		give(files, r.Findings)
	}
}

// bySide returns what both sides have, and what only the one or the other. What one side could not read is left out.
func bySide(old, new []diff.File) (same, olds, news []lint.Source) {
	before, isSame, isUnread := map[string][]byte{}, map[string]bool{}, map[string]bool{}
	for _, f := range old {
		before[f.Path] = f.Data
		isUnread[f.Path] = f.Unread != nil
	}
	for _, f := range new {
		isUnread[f.Path] = isUnread[f.Path] || f.Unread != nil
		if data, ok := before[f.Path]; ok && bytes.Equal(data, f.Data) {
			isSame[f.Path] = true
		}
	}
	for _, f := range old {
		if !isUnread[f.Path] && !isSame[f.Path] {
			olds = append(olds, lint.Source{Path: f.Path, Data: f.Data})
		}
	}
	for _, f := range new {
		source := lint.Source{Path: f.Path, Data: f.Data}
		switch {
		case isUnread[f.Path]:
		case isSame[f.Path]:
			same = append(same, source)
		default:
			news = append(news, source)
		}
	}
	return same, olds, news
}

// unread returns the paths of the files that lint could not read.
func unread(sides [2]*lint.Files) map[string]bool {
	bad := map[string]bool{}
	for _, files := range sides {
		for _, f := range files.Unread {
			bad[f.File] = true
		}
	}
	return bad
}

func without(sources []lint.Source, bad map[string]bool) []lint.Source {
	var all []lint.Source
	for _, s := range sources {
		if !bad[s.Path] {
			all = append(all, s)
		}
	}
	return all
}

// give gives each finding to its file.
func give(files []diff.File, findings []lint.Finding) {
	at := map[string]int{}
	for i, f := range files {
		at[f.Path] = i
	}
	for _, f := range findings {
		file := &files[at[f.File]]
		file.Findings = append(file.Findings, plain(f))
	}
}

// plain is a finding as diff takes it.
func plain(f lint.Finding) diff.Finding {
	found := diff.Finding{Place: f.Place, Rule: f.Rule, Severity: string(f.Severity), Text: f.Reported().Text}
	if p := f.Piece; p != nil && 0 <= p.Start && p.Start <= p.End && p.End <= len(f.Expr) {
		found.Piece = f.Expr[p.Start:p.End]
	}
	return found
}
