package repository

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// freshClone makes a clone of the repository as if everything not ignored were committed now.
func freshClone(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range repositoryFiles(t) {
		copyFile(t, name, filepath.Join(dir, name))
	}
	if _, err := exec.LookPath("git"); err == nil {
		git(t, "-C", dir, "init", "--quiet")
		git(t, "-C", dir, "add", "--all")
		git(t, "-C", dir, "-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false",
			"commit", "--quiet", "--message", "as it is now")
	}
	return dir
}

// repositoryFiles returns the files that git knows or would add; all files if this is not a git repository.
func repositoryFiles(t *testing.T) []string {
	t.Helper()
	var names []string
	if _, err := os.Stat(".git"); err == nil {
		list := git(t, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
		for name := range strings.SplitSeq(strings.TrimRight(list, "\x00"), "\x00") {
			if _, err := os.Lstat(name); err == nil { // else it was removed and that is not committed yet
				names = append(names, name)
			}
		}
		return names
	}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func git(t *testing.T, args ...string) string {
	t.Helper()
	output, err := exec.Command("git", args...).Output()
	if err != nil {
		t.Fatalf("git %s: %v", strings.Join(args, " "), err)
	}
	return string(output)
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	info, err := os.Stat(from)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(to), 0o755)
	}
	var data []byte
	if err == nil {
		data, err = os.ReadFile(from)
	}
	if err == nil {
		err = os.WriteFile(to, data, info.Mode().Perm())
	}
	if err != nil {
		t.Fatal(err)
	}
}
