package rules

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestAgreesOnRefusal: promtool refuses the same rule files.
func TestAgreesOnRefusal(t *testing.T) {
	command := os.Getenv("PROMTOOL")
	if command == "" {
		command = "promtool"
	}
	if _, err := exec.LookPath(command); err != nil {
		t.Skipf("no promtool to compare with: put it on PATH or name it in PROMTOOL: %v", err)
	}
	for _, refused := range brokenFiles {
		path := filepath.Join(t.TempDir(), "r.yml")
		if err := os.WriteFile(path, []byte(refused.rules), 0o644); err != nil {
			t.Fatal(err)
		}
		if said, err := exec.Command(command, "check", "rules", "--lint=none", path).CombinedOutput(); (err != nil) == refused.ours {
			t.Errorf("%s\npromtool refuses: %v\n%s", refused.rules, err != nil, said)
		}
	}
}
