package tree

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"strconv"
	"strings"

	"gaugewright/internal/diff"
)

var errNoGit = errors.New("there is no git command: name two folders or files to compare")

// git runs the git command.
func git(ctx context.Context, stdin string, args ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, "git", args...)
	command.Stdin = strings.NewReader(stdin)
	var complaint bytes.Buffer
	command.Stderr = &complaint
	out, err := command.Output()
	switch {
	case err == nil:
		return out, nil
	case errors.Is(err, exec.ErrNotFound):
		return nil, errNoGit
	case strings.Contains(complaint.String(), "not a git repository"):
		return nil, fmt.Errorf("not in a Git repository: name two folders or files to compare")
	}
	text, _, _ := strings.Cut(strings.TrimSpace(complaint.String()), "\n")
	return nil, fmt.Errorf("git %s: %w: %s", args[0], err, text)
}

// Commit returns the id of the commit that a ref names.
func Commit(ctx context.Context, ref string) (string, error) {
	out, err := git(ctx, "", "rev-parse", "--verify", "--quiet", "--end-of-options", ref+"^{commit}")
	if err == nil {
		return strings.TrimSpace(string(out)), nil
	}
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
		return "", err
	}
	if IsShallow(ctx) {
		return "", fmt.Errorf("%s: no such ref in this shallow clone: %s", ref, fetching(ref))
	}
	return "", fmt.Errorf("%s: no such ref: see git branch --all; or fetch it first", ref)
}

// fetching says how a shallow clone comes to a ref: a branch or tag alone, else all that there is.
func fetching(ref string) string {
	if strings.ContainsAny(ref, "~^@") {
		return "git fetch --unshallow, or fetch-depth: 0 in CI"
	}
	if branch, isRemote := strings.CutPrefix(ref, "origin/"); isRemote {
		return fmt.Sprintf("fetch it first, git fetch --depth=1 origin %s:refs/remotes/%s", branch, ref)
	}
	return fmt.Sprintf("fetch it first, git fetch --depth=1 origin %s:%s", ref, ref)
}

// IsShallow reports whether the repository lacks old commits.
func IsShallow(ctx context.Context) bool {
	out, err := git(ctx, "", "rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(string(out)) == "true"
}

// MergeBase returns the commit from which two commits went apart.
func MergeBase(ctx context.Context, base, head string) (string, error) {
	out, err := git(ctx, "", "merge-base", "--end-of-options", base, head)
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		if IsShallow(ctx) {
			return "", errors.New("this shallow clone does not reach back to the common commit: git fetch --unshallow, or fetch-depth: 0 in CI")
		}
		return "", errors.New("the two sides have no common commit: leave out -merge-base")
	}
	return strings.TrimSpace(string(out)), err
}

// committed reads the files of a commit below a path, which counts from the current folder.
func committed(ctx context.Context, commit, root string) ([]diff.File, error) {
	prefix, err := git(ctx, "", "rev-parse", "--show-prefix")
	if err != nil {
		return nil, err
	}
	full := path.Join(strings.TrimSpace(string(prefix)), root)
	args := []string{"ls-tree", "-r", "-z", "--full-tree", commit}
	if full != "" && full != "." {
		args = append(args, "--", full)
	}
	out, err := git(ctx, "", args...)
	if err != nil {
		return nil, err
	}
	var files []diff.File
	ids := &strings.Builder{}
	for entry := range strings.SplitSeq(string(out), "\x00") {
		head, name, _ := strings.Cut(entry, "\t")
		fields := strings.Fields(head)
		// 100644 and 100755 are files; a link or a module of another repository is none.
		if len(fields) != 3 || !strings.HasPrefix(fields[0], "100") || name != full && !diff.Reads(name) {
			continue
		}
		below := strings.TrimPrefix(strings.TrimPrefix(name, strings.TrimPrefix(full, ".")), "/")
		files = append(files, diff.File{Path: below})
		fmt.Fprintln(ids, fields[2])
	}
	return files, contents(ctx, files, ids.String())
}

// contents reads the files by their ids, one after the other from one process.
func contents(ctx context.Context, files []diff.File, ids string) error {
	if len(files) == 0 {
		return nil
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	command := exec.CommandContext(ctx, "git", "cat-file", "--batch")
	command.Stdin = strings.NewReader(ids)
	out, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	if err := readBatch(ctx, files, bufio.NewReader(out)); err != nil {
		stop()
		_ = command.Wait() // it was ended here
		return err
	}
	if err := command.Wait(); err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	return nil
}

// readBatch reads what git cat-file --batch writes: for each file a line with its size, the content, a line break.
func readBatch(ctx context.Context, files []diff.File, out *bufio.Reader) error {
	in := newIntake(ctx)
	for i := range files {
		head, err := out.ReadString('\n')
		if err != nil {
			return fmt.Errorf("git cat-file: %w", err)
		}
		fields := strings.Fields(head)
		if len(fields) != 3 {
			return fmt.Errorf("git has no content of %s: fetch it, or check the clone with git fsck", files[i].Path)
		}
		size, err := strconv.ParseInt(fields[2], 10, 64)
		if err == nil {
			files[i], err = in.take(files[i].Path, size, out)
		}
		if err == nil {
			_, err = out.Discard(1)
		}
		if err != nil {
			return fmt.Errorf("git cat-file: %w", err)
		}
	}
	return nil
}

// tracked reads the files on the disk that Git tracks or would track.
func tracked(ctx context.Context, root string) ([]diff.File, error) {
	out, err := git(ctx, "", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ":(literal)"+root)
	if err != nil {
		return nil, err
	}
	var files []diff.File
	in := newIntake(ctx)
	seen := map[string]bool{}
	for name := range strings.SplitSeq(string(out), "\x00") {
		info, err := os.Lstat(name)
		if err != nil || !info.Mode().IsRegular() || !diff.Reads(name) || seen[name] { // gone, or a link, as in a commit
			continue
		}
		seen[name] = true
		if files, err = in.read(files, root, name); err != nil {
			return nil, err
		}
	}
	return files, nil
}
