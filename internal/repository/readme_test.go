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
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestDocumentation does what README.md and docs/ say, in a fresh clone, in order, as a new reader does: it runs the shell
// blocks and makes the mistakes that a diff shows, and holds what a text block after either says against what is printed. Not
// run are blocks that need a container, go test ./..., which runs this test, and the page of preview, which does not end.
func TestDocumentation(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the commands in a fresh clone: a minute")
	}
	readsAll(t)
	t.Parallel() // it waits for services to answer
	r := reader{T: t, clone: freshClone(t)}
	for _, page := range pages(t) {
		for _, b := range page.blocks {
			r.follow(page.path, b)
		}
	}
	if r.ran == 0 || r.compared == 0 {
		t.Errorf("%d blocks were run and %d outputs compared: are the fences marked?", r.ran, r.compared)
	}
}

// reader follows the pages in a clone.
type reader struct {
	*testing.T
	clone         string
	printed       string // by the last block that could print something
	ran, compared int
}

func (r *reader) follow(path string, b block) {
	r.Helper()
	start := time.Now()
	switch {
	case b.isShell():
		r.run(path, b)
	case b.language == "diff":
		r.mistake(path, b)
	case b.language == "go" && b.file() != "":
		if err := os.WriteFile(filepath.Join(r.clone, ownService, b.file()), []byte(b.text), 0o644); err != nil {
			r.Fatal(err)
		}
	case b.language == "text":
		r.compared++
		for _, line := range missing(b.text, r.printed) {
			r.Errorf("%s:%d: not printed: %s\nbut:\n%s", path, b.line, line, r.printed)
		}
	}
	r.Logf("%s:%d: %s, %v", path, b.line, b.language, time.Since(start).Round(100*time.Millisecond))
}

func (r *reader) run(path string, b block) {
	r.Helper()
	r.printed = ""
	if tool := containerTool(b.text); tool != "" {
		r.Logf("%s:%d: not run, it needs %s:\n%s", path, b.line, tool, b.text)
		return
	}
	script, whole := withoutSuite(b.text)
	if whole {
		r.Logf("%s:%d: not run, it would run this test again or not end: %s", path, b.line, b.text)
	}
	output, err := runBlock(r.T, r.clone, onFreePort(r.T, script))
	if err != nil {
		r.Fatalf("%s:%d: %v\n%s\n%s", path, b.line, err, script, output)
	}
	r.ran++
	r.printed = string(output)
}

// mistake changes the lines of the one file that has them, asks gen what it says, and takes the change back.
func (r *reader) mistake(path string, b block) {
	r.Helper()
	before, after := b.change()
	var found []string
	for _, name := range repositoryFiles(r.T) {
		if text, err := os.ReadFile(filepath.Join(r.clone, name)); err == nil && strings.HasSuffix(name, ".go") &&
			strings.Count(string(text), before) == 1 {
			found = append(found, name)
		}
	}
	if len(found) != 1 {
		r.Fatalf("%s:%d: what it takes away is in %q, want one Go file", path, b.line, found)
	}
	file := filepath.Join(r.clone, found[0])
	text, err := os.ReadFile(file)
	if err != nil {
		r.Fatal(err)
	}
	r.write(file, strings.Replace(string(text), before, after, 1))
	output, err := runBlock(r.T, r.clone, "go run ./cmd/gen")
	if err == nil {
		r.Errorf("%s:%d: gen takes it:\n%s", path, b.line, output)
	}
	r.printed = string(output)
	r.write(file, string(text))
}

func (r *reader) write(file, text string) {
	r.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		r.Fatal(err)
	}
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

// suite is the command that runs all tests, or the one that serves a page until it is stopped.
var suite = regexp.MustCompile(`(?m)^ *go (test \./\.\.\.|run \./cmd/preview( -watch)?)[ \t]*(#.*)?(\n|$)`)

// withoutSuite is a script without these commands, and whether there was one.
func withoutSuite(script string) (rest string, found bool) {
	return suite.ReplaceAllString(script, ""), suite.MatchString(script)
}

// onFreePort is a script whose own service listens where nobody else does: the port on the page may be in use.
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
		"go run ./cmd/preview # alive\n":     "",
		"go run ./cmd/preview -watch\n":      "",
		"go run ./cmd/preview -check\n":      "go run ./cmd/preview -check\n",
		"go test ./cmd/metrics -update\n":    "go test ./cmd/metrics -update\n",
		"go test ./... -run TestPages\n":     "go test ./... -run TestPages\n",
		"# go test ./... takes a while\n":    "# go test ./... takes a while\n",
		"go run ./cmd/gen && go vet ./...\n": "go run ./cmd/gen && go vet ./...\n",
	} {
		if got, found := withoutSuite(script); got != want || found != (got != script) {
			t.Errorf("%q: got %q, %v, want %q", script, got, found, want)
		}
	}
}
