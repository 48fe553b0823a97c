package repository

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestChanged: the file for the comment and the summary say what a merge changes; both are of the merge's own two sides.
func TestChanged(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a command")
	}
	readsAll(t)
	clone := t.TempDir()
	here := func(args ...string) string {
		return git(t, append([]string{"-C", clone, "-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "commit.gpgsign=false"}, args...)...)
	}
	board := func(title string) string { return `{"uid": "u", "title": "` + title + `", "panels": []}` }
	commit := func(file, title string) {
		write(t, filepath.Join(clone, file), board(title))
		here("add", "--all")
		here("commit", "--quiet", "--message", "x")
	}
	here("init", "--quiet", "--initial-branch", "main")
	commit("boards/a.json", "Shop")
	commit("same/a.json", "Shop")
	here("checkout", "--quiet", "-b", "pull")
	commit("boards/a.json", "Shop of theirs")
	commit("dashboards/pictures/a.svg", "")
	here("checkout", "--quiet", "main")
	commit("boards/later.json", "Since then")
	here("merge", "--quiet", "--no-ff", "--message", "merge", "pull")
	for folder, want := range map[string]string{"boards": "renamed: `Shop` → `Shop of theirs`", "same": "no difference", "none": "nothing to compare"} {
		file := filepath.Join(t.TempDir(), "comment.md")
		command := exec.Command(".ci/changed", clone, folder, file)
		command.Env = append(os.Environ(), "GITHUB_REPOSITORY=us/boards", "GITHUB_SERVER_URL=https://host.test")
		out, err := command.CombinedOutput()
		text, readErr := os.ReadFile(file)
		if readErr != nil || (folder == "none") != (err != nil) || !strings.Contains(string(out), want) || strings.Contains(string(out), "Since then") {
			t.Errorf("%s: %v, %v\n%s", folder, err, readErr, out)
		}
		if got := string(text); folder == "boards" && got != string(out) || folder != "boards" && got != "" {
			t.Errorf("%s: the file says\n%s", folder, got)
		}
		picture := "![after](https://host.test/us/boards/raw/" + strings.TrimSpace(here("rev-parse", "pull")) + "/dashboards/pictures/a.svg)"
		if folder == "boards" && (!strings.Contains(string(text), picture) || strings.Contains(string(text), "![before]")) {
			t.Errorf("no picture:\n%s", text)
		}
	}
}
