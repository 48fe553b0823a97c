//go:build unix

package repository

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestReadmeCommands runs the shell blocks of the README in a fresh clone, in order, as a new user does. Not run are
// blocks that need a container, and go test ./..., which runs this test.
func TestReadmeCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the commands in a fresh clone: a minute")
	}
	t.Parallel() // it waits for services to answer
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := shellBlocks(string(readme))
	if len(blocks) == 0 {
		t.Fatal("README.md has no shell block")
	}
	clone := freshClone(t)
	for _, b := range blocks {
		if tool := containerTool(b.script); tool != "" {
			t.Logf("README.md:%d: not run, it needs %s:\n%s", b.line, tool, b.script)
			continue
		}
		script, whole := withoutSuite(b.script)
		if whole {
			t.Logf("README.md:%d: not run, it would run this test again: go test ./...", b.line)
		}
		t.Logf("README.md:%d: running\n%s", b.line, script)
		start := time.Now()
		if output, err := runBlock(t, clone, onFreePort(t, script)); err != nil {
			t.Fatalf("README.md:%d: %v\n%s\n%s", b.line, err, script, output)
		}
		t.Logf("README.md:%d: fine after %v", b.line, time.Since(start).Round(100*time.Millisecond))
	}
}

type block struct {
	line   int // of its first command
	script string
}

var (
	fence      = regexp.MustCompile("^ *```+ *([a-z]*)")
	shellNames = []string{"sh", "bash", "shell", "console", "zsh"}
)

// shellBlocks are the fenced blocks of a Markdown text that are marked as shell.
func shellBlocks(text string) []block {
	var blocks []block
	var shell, inside bool
	for i, line := range strings.Split(text, "\n") {
		found := fence.FindStringSubmatch(line)
		switch {
		case found != nil && inside:
			inside = false
		case found != nil:
			inside, shell = true, slices.Contains(shellNames, found[1])
			if shell {
				blocks = append(blocks, block{line: i + 2})
			}
		case inside && shell:
			blocks[len(blocks)-1].script += line + "\n"
		}
	}
	return blocks
}

var (
	comment   = regexp.MustCompile(`(?m)(^|\s)#.*$`)
	container = regexp.MustCompile(`(?m)(?:^|[\s;&|(])(docker|k3d|helm|kubectl)\s`)
)

// containerTool is the first command in a script that needs a container engine or a cluster, or nothing.
func containerTool(script string) string {
	if found := container.FindStringSubmatch(comment.ReplaceAllString(script, "")); found != nil {
		return found[1]
	}
	return ""
}

// suite is the command that runs all tests.
var suite = regexp.MustCompile(`(?m)^ *go test \./\.\.\.[ \t]*(#.*)?(\n|$)`)

// withoutSuite is a script without the command that runs all tests, and whether it was there.
func withoutSuite(script string) (rest string, found bool) {
	return suite.ReplaceAllString(script, ""), suite.MatchString(script)
}

// onFreePort is a script whose own service listens where nobody else does: the README's port may be in use.
func onFreePort(t *testing.T, script string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return strings.ReplaceAll(script, "localhost:8080", fmt.Sprintf("localhost:%d", listener.Addr().(*net.TCPAddr).Port))
}

// runBlock runs a script by itself and ends whatever it leaves running. A script that does not end is ended when the
// test's own time is nearly over.
func runBlock(t *testing.T, dir, script string) (output []byte, err error) {
	t.Helper()
	ctx := t.Context()
	if deadline, set := t.Deadline(); set {
		var cancel context.CancelFunc
		late := errors.New("still running shortly before go test's -timeout: a command in it does not end")
		ctx, cancel = context.WithDeadlineCause(ctx, deadline.Add(-10*time.Second), late)
		defer cancel()
	}
	// A file and not a pipe, which would stay open for as long as a process in the background lives.
	log, err := os.Create(filepath.Join(t.TempDir(), "output"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	sh := exec.CommandContext(ctx, "sh", "-eu", "-c", script)
	sh.Dir, sh.Stdout, sh.Stderr = dir, log, log
	sh.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	sh.Cancel = func() error { return syscall.Kill(-sh.Process.Pid, syscall.SIGKILL) }
	if err = sh.Run(); sh.Process != nil {
		_ = syscall.Kill(-sh.Process.Pid, syscall.SIGKILL) // the rest of its process group, if there is any
	}
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	output, readErr := os.ReadFile(log.Name())
	return output, errors.Join(err, readErr)
}

// TestRunBlock: a block stops at its first failure, and what it left in the background is gone. That process holds a
// named pipe open, whose reader sees the end when the last writer is dead and waits otherwise.
func TestRunBlock(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	reader, err := os.OpenFile(pipe, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	output, err := runBlock(t, dir, "exec 3>pipe\nsleep 1000 &\npwd\nfalse\necho not reached\n")
	if err == nil || strings.TrimSpace(string(output)) != dir {
		t.Errorf("got %q and %v, want the folder's name and the failure of the fourth command", output, err)
	}
	if err := reader.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := reader.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("the process in the background still runs: %v", err)
	}
}

func TestShellBlocks(t *testing.T) {
	const readme = "# A\n\n```sh\ngo run ./cmd/gen\n```\n\n```go\nfmt.Println()\n```\n\n1. Then\n\n" +
		"   ```bash\n   a \\\n     b\n   ```\n\n```\nnot marked\n```\n"
	want := []block{{4, "go run ./cmd/gen\n"}, {14, "   a \\\n     b\n"}}
	if got := shellBlocks(readme); !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestContainerTool(t *testing.T) {
	for script, want := range map[string]string{
		"docker compose up -d\n":                         "docker",
		"cd x && docker build . -t example-app\n":        "docker",
		"  kubectl apply -f x\n":                         "kubectl",
		"go run ./app  # without docker compose\n":       "",
		"# helm is not needed\ngo test ./...\n":          "",
		"ls docker-things # docker\n":                    "",
		"GRAFANA_PORT=3001 docker compose up -d\n":       "docker",
		"helm install prometheus-operator x -n y\n":      "helm",
		"curl -s http://localhost:8000/metrics | head\n": "",
	} {
		if got := containerTool(script); got != want {
			t.Errorf("%q needs %q, want %q", script, got, want)
		}
	}
}

func TestWithoutSuite(t *testing.T) {
	for script, want := range map[string]string{
		"go run ./cmd/gen\ngo test ./...   # all\ngo build ./...\n": "go run ./cmd/gen\ngo build ./...\n",
		"go test ./...":                      "",
		"go test ./cmd/metrics -update\n":    "go test ./cmd/metrics -update\n",
		"go test ./... -run TestReadme\n":    "go test ./... -run TestReadme\n",
		"# go test ./... takes a while\n":    "# go test ./... takes a while\n",
		"go run ./cmd/gen && go vet ./...\n": "go run ./cmd/gen && go vet ./...\n",
	} {
		if got, found := withoutSuite(script); got != want || found != (got != script) {
			t.Errorf("%q: got %q, %v, want %q", script, got, found, want)
		}
	}
}

// TestReadmeCode demands that every Go block of the README stands in the code as it is, and so compiles.
func TestReadmeCode(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, pattern := range []string{"dashboards/*.go", ownService + "/gen/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			code.Write(text)
		}
	}
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	if len(blocks) == 0 {
		t.Error("the README has no Go block")
	}
	for _, b := range blocks {
		if !strings.Contains(code.String(), b[1]) {
			t.Errorf("not in dashboards/ or %s/gen/:\n%s", ownService, b[1])
		}
	}
}
