package picture

import (
	"os"
	"testing"

	"gaugewright/internal/observe/recorded"
	"gaugewright/internal/verify"
)

// BenchmarkMake draws all boards of the repository. Target: 500 ms.
func BenchmarkMake(b *testing.B) {
	b.Chdir("../../..")
	file, err := os.Open(Run)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	run, err := recorded.Read(file)
	if err != nil {
		b.Fatal(err)
	}
	files, err := verify.Read(verify.Named{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Make(b.Context(), files, run); err != nil {
			b.Fatal(err)
		}
	}
}
