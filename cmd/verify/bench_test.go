package main

import (
	"io"
	"testing"
)

// BenchmarkVerify is the command as it runs by default: the service scraped for what stands for five minutes, and all of
// the repository's queries and rules judged. Most of its time the scrapes take.
func BenchmarkVerify(b *testing.B) {
	b.Chdir(root)
	for b.Loop() {
		if code := run(nil, io.Discard, io.Discard); code != 0 {
			b.Fatal("exit", code)
		}
	}
}

// BenchmarkJudge is the judging alone.
func BenchmarkJudge(b *testing.B) {
	s := newStand(b)
	for b.Loop() {
		s.report(b)
	}
}
