package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// interruptSelf is what a person does with Ctrl-C.
func interruptSelf(t *testing.T) {
	if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
		t.Error(err)
	}
}

// TestInterruptEverywhere: whatever verify is doing, an interrupt ends it soon, with exit code 2 and nothing but a message.
func TestInterruptEverywhere(t *testing.T) {
	for name, args := range map[string]func(*testing.T, *victim) []string{
		"scraping": func(t *testing.T, v *victim) []string {
			return []string{"-boards", written(t, heavyBoard), "-target", served(t, v.hang(t))}
		},
		"evaluating": func(t *testing.T, v *victim) []string {
			var scrapes atomic.Int64
			return []string{"-boards", written(t, heavyBoard), "-target", served(t, func(w http.ResponseWriter, _ *http.Request) {
				for i := range 500 {
					fmt.Fprintf(w, "shop_queue_length{queue=\"%d\"} 1\n", i)
				}
				if scrapes.Add(1) == 6 { // the last
					time.AfterFunc(time.Second/5, func() { v.interrupt(t) })
				}
			})}
		},
		"resolving": func(t *testing.T, v *victim) []string {
			const board = `{"panels": [], "templating": {"list": [{"type": "query", "name": "q", "query": "label_values(queue)"}]}}`
			return []string{"-boards", written(t, board), "-prometheus", served(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.URL.Path, "/label/") {
					v.hang(t)(w, r)
				}
				fmt.Fprint(w, `{"status": "success", "data": {"resultType": "vector", "result": []}}`)
			})}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := &victim{started: make(chan struct{}), ended: make(chan struct{})}
			v.run(t, args(t, v))
		})
	}
}

// TestInterruptWriting: nobody reads what verify writes.
func TestInterruptWriting(t *testing.T) {
	reader, writer := io.Pipe()
	defer reader.Close()
	go func() { reader.Read(make([]byte, 1)); interruptSelf(t) }()
	var stderr bytes.Buffer
	code := run([]string{"-tests", written(t, "rule_files: []\ntests: []\n")}, writer, &stderr)
	if code != 2 || stderr.String() != "verify: interrupted\n" {
		t.Errorf("exit %d: %s", code, &stderr)
	}
}

// heavyBoard has a query that takes many seconds.
const heavyBoard = `{"panels": [{"id": 1, "type": "stat", "targets": [{"refId": "A",
	"expr": "sum(max_over_time(shop_queue_length[1d:1s]))"}]}]}`

func written(t *testing.T, text string) string {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func served(t *testing.T, handler http.HandlerFunc) string {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// victim is a process with verify that gets an interrupt.
type victim struct {
	process        *os.Process // once it has started
	started, ended chan struct{}
	since          atomic.Int64 // the time of the interrupt
}

// soon is far more than it takes, since the machine of a test may be busy. Most of what is interrupted never ends.
const soon = 5 * time.Second

func (v *victim) interrupt(t *testing.T) {
	<-v.started
	v.since.Store(time.Now().UnixNano())
	if err := v.process.Signal(os.Interrupt); err != nil {
		t.Error(err)
	}
}

// hang interrupts verify when it asks, and does not answer.
func (v *victim) hang(t *testing.T) http.HandlerFunc {
	return func(http.ResponseWriter, *http.Request) {
		v.interrupt(t)
		<-v.ended
	}
}

func (v *victim) run(t *testing.T, args []string) {
	var stdout, stderr strings.Builder
	cmd := exec.Command("verify", args...) // TestMain puts it there
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	v.process = cmd.Process
	close(v.started)
	cmd.Wait()
	close(v.ended)
	took := time.Since(time.Unix(0, v.since.Load()))
	if code := cmd.ProcessState.ExitCode(); code != 2 || stdout.String() != "" || stderr.String() != "verify: interrupted\n" || took > soon {
		t.Errorf("exit %d after %v: %s%s", code, took, &stdout, &stderr)
	}
}
