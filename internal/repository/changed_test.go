package repository

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
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
	board := func(uid, title string) string {
		expr := fmt.Sprintf(`up{job=\"myapp\"} * %d`, len(title))
		return `{"uid": "` + uid + `", "title": "` + title + `", "panels": [{"id": 1, "title": "Up", "type": "stat", "targets": [{"refId": "A", "expr": "` + expr + `"}]}]}`
	}
	commit := func(file, title string) {
		write(t, filepath.Join(clone, file), board(filepath.Base(file), title))
		here("add", "--all")
		here("commit", "--quiet", "--message", "x")
	}
	here("init", "--quiet", "--initial-branch", "main")
	commit("boards/a.json", "Shop")
	commit("same/a.json", "Shop")
	here("checkout", "--quiet", "-b", "pull")
	commit("boards/a.json", "Shop of theirs")
	commit("dashboards/pictures/a.svg", "")
	copyFile(t, "dashboards/testdata/run.gz", filepath.Join(clone, "dashboards/testdata/run.gz"))
	commit("boards/a.json", "Shop of theirs")
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
		if folder == "boards" && !strings.Contains(string(text), "measured: ") {
			t.Errorf("no values:\n%s", text)
		}
	}
}

// TestGitLab: the job of examples/gitlab.yml, which README.md shows, makes a note of what a branch changed, and none where nothing differs.
func TestGitLab(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a command")
	}
	readsAll(t)
	clone, origin := freshClone(t), filepath.Join(t.TempDir(), "origin")
	git(t, "clone", "--quiet", "--bare", clone, origin)
	git(t, "-C", clone, "remote", "add", "origin", origin)
	var job struct {
		Dashboards struct{ Script []string }
	}
	if err := yaml.Unmarshal([]byte(readFile(t, "examples/gitlab.yml")), &job); err != nil {
		t.Fatal(err)
	}
	stub := t.TempDir()
	const build = "go build -o /tmp/diff ./cmd/diff"
	if out, err := exec.Command("sh", "-c", strings.ReplaceAll(build, "/tmp", stub)).CombinedOutput(); err != nil { // here, where the packages are built
		t.Fatalf("%v\n%s", err, out)
	}
	write(t, filepath.Join(stub, "curl"), "#!/bin/sh\necho posted to \"$6\"\n")
	if err := os.Chmod(filepath.Join(stub, "curl"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, posted, note string }{
		{"", "", "", ""},
		{`"title": "Go / HTTP",`, `"title": "Web",`, "posted to https://lab.test/projects/1/merge_requests/2/notes\n", "renamed: `Go / HTTP` → `Web`"},
	} {
		board := filepath.Join(clone, "provisioning/grafana/dashboards/go-http.json")
		write(t, board, strings.Replace(readFile(t, board), c.from, c.to, 1))
		script := strings.Replace(strings.Join(job.Dashboards.Script, "\n"), build, "true", 1)
		script = strings.ReplaceAll(script, "/tmp/diff", filepath.Join(stub, "diff"))
		command := exec.Command("sh", "-e", "-c", script)
		command.Dir = clone
		command.Env = append(os.Environ(), "PATH="+stub+":"+os.Getenv("PATH"), "CI_MERGE_REQUEST_TARGET_BRANCH_NAME="+strings.TrimSpace(git(t, "-C", clone, "branch", "--show-current")),
			"NOTES_TOKEN=x", "CI_API_V4_URL=https://lab.test", "CI_PROJECT_ID=1", "CI_MERGE_REQUEST_IID=2")
		out, err := command.Output()
		if note := readFile(t, filepath.Join(clone, "note.md")); err != nil || string(out) != c.posted || !strings.Contains(note, c.note) || c.note == "" && note != "" {
			t.Errorf("%v\n%s\nnote: %.500s", err, out, note)
		}
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
