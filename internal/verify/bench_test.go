package verify

import "testing"

// BenchmarkJudge measures the judging alone.
func BenchmarkJudge(b *testing.B) {
	s := newStand(b)
	for b.Loop() {
		s.report(b)
	}
}
