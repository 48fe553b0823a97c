package main

import (
	"fmt"
	"io"
	"slices"

	"gaugewright/internal/report"
)

// compare writes one line for each difference between page and catalogue. It reports whether any of them breaks
// boards or alerts. The others begin with "note:" and come last.
func compare(known, found []entry, out io.Writer) (differs bool) {
	var findings, notes []string
	page := byName(found)
	for _, old := range known {
		now, ok := page[old.name]
		if !ok {
			findings = append(findings, old.name+": is not on the page any more")
			continue
		}
		findings = append(findings, broken(old, now)...)
		notes = append(notes, changed(old, now)...)
	}
	catalogue := byName(known)
	for _, now := range found {
		if _, ok := catalogue[now.name]; !ok {
			notes = append(notes, fmt.Sprintf("%s: is new, %s", now.name, aNoun(now.kind)))
		}
	}
	slices.Sort(findings)
	slices.Sort(notes)
	for _, line := range findings {
		fmt.Fprintln(out, report.Shown(line))
	}
	for _, line := range notes {
		fmt.Fprintln(out, "note: "+report.Shown(line))
	}
	return len(findings) > 0
}

func byName(entries []entry) map[string]entry {
	index := make(map[string]entry, len(entries))
	for _, e := range entries {
		index[e.name] = e
	}
	return index
}

func broken(old, now entry) (findings []string) {
	if old.kind != now.kind {
		findings = append(findings, fmt.Sprintf("%s: was %s, is %s", old.name, aNoun(old.kind), aNoun(now.kind)))
	}
	for _, label := range old.labels {
		if !now.noSeries && !slices.Contains(now.labels, label) {
			findings = append(findings, fmt.Sprintf("%s: has no label %q any more", old.name, label))
		}
	}
	if old.shared != "" || now.noSeries || old.kind != now.kind {
		return findings // Go's own buckets differ by release; no objective depends on them.
	}
	for _, edge := range old.buckets {
		if !slices.Contains(now.buckets, edge) {
			findings = append(findings, fmt.Sprintf("%s: has no bucket edge %g any more", old.name, edge))
		}
	}
	return findings
}

func aNoun(kind string) string {
	if kind == "Untyped" {
		return "an " + noun(kind)
	}
	return "a " + noun(kind)
}

func changed(old, now entry) (notes []string) {
	if now.noSeries && len(old.labels) > 0 {
		notes = append(notes, old.name+": has no series, so its labels are not compared")
	}
	for _, label := range now.labels {
		if !slices.Contains(old.labels, label) {
			notes = append(notes, fmt.Sprintf("%s: has a new label, %q", old.name, label))
		}
	}
	if old.shared != "" {
		return notes // Help and unit come from package golang.
	}
	for _, edge := range now.buckets {
		if !slices.Contains(old.buckets, edge) {
			notes = append(notes, fmt.Sprintf("%s: has a new bucket edge, %g", old.name, edge))
		}
	}
	if old.help != now.help {
		notes = append(notes, fmt.Sprintf("%s: help is now %q", old.name, now.help))
	}
	if old.unit != now.unit {
		notes = append(notes, fmt.Sprintf("%s: unit is now %q", old.name, now.unit))
	}
	return notes
}
