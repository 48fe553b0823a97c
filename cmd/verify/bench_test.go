package main

import (
	"io"
	"testing"
)

// root is the repository's root, where the command runs.
const root = "../.."

// BenchmarkVerify runs the command by default: it scrapes the service for five simulated minutes and judges all of
// the repository's queries and rules. The scrapes take most of the time.
func BenchmarkVerify(b *testing.B) {
	b.Chdir(root)
	for b.Loop() {
		if code := run(nil, io.Discard, io.Discard); code != 0 {
			b.Fatal("exit", code)
		}
	}
}
