package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"gaugewright/internal/output/outputtest"
)

// TestKilled: a baseline is whole, whenever the command that records it ends.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"Old", "NewAndLonger"} {
		rules := "groups:\n- name: shop\n  rules:\n"
		for n := range 100 {
			rules += fmt.Sprintf("  - {alert: %s%d, expr: up == 0}\n", name, n)
		}
		tests := fmt.Sprintf("rule_files: [rules%d.yml]\ntests: [{interval: 1m}]\n", i)
		for file, text := range map[string]string{"rules": rules, "tests": tests} {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(file, i, ".yml")), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	outputtest.Kill(t, outputtest.Writer{
		Command: "verify", Dir: dir, Folder: filepath.Join(dir, "known"),
		Args: func(i int) []string {
			return []string{"-tests", fmt.Sprint("tests", i, ".yml"), "-baseline", "known/shop.txt", "-record"}
		},
	})
}
