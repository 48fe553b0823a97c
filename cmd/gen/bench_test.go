package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// BenchmarkGenBinary runs the built command, from its start to its end: in a folder that is up to date, and in one that
// does not exist yet.
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

// BenchmarkGoRun is what one who changes a board waits for, once the build cache is warm.
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
