package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// BenchmarkGenBinary runs the built command from start to end: in a folder that is up to date, and in a new one.
func BenchmarkGenBinary(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "gen")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	command(b, "go", "build", "-o", binary, ".")
	b.Run("up-to-date", func(b *testing.B) {
		out := filepath.Join(b.TempDir(), "out")
		command(b, binary, "-out", out)
		for b.Loop() {
			command(b, binary, "-out", out)
		}
	})
	b.Run("fresh", func(b *testing.B) {
		out := filepath.Join(b.TempDir(), "out")
		for b.Loop() {
			command(b, binary, "-out", out)
			b.StopTimer()
			if err := os.RemoveAll(out); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
	})
}

// BenchmarkGoRun measures the wait after a change to a board, with a warm build cache.
func BenchmarkGoRun(b *testing.B) {
	out := filepath.Join(b.TempDir(), "out")
	command(b, "go", "run", ".", "-out", out)
	for b.Loop() {
		command(b, "go", "run", ".", "-out", out)
	}
}

func command(b *testing.B, name string, args ...string) {
	b.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		b.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}
