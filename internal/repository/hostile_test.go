package repository

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// attack is an input that somebody makes so that a command runs out of memory or never ends.
type attack struct {
	name  string
	files func() map[string]string // in the folder where the commands run; $SERVER is the address of the server
	runs  [][]string               // a command and its arguments
	usual string                   // the commands that are always run, with spaces between: those that once took too much, or might
}

// allAttacks is the environment variable with which all commands are run on all inputs, also on those of 16 MiB. That takes
// half an hour.
const allAttacks = "ATTACKS"

// What a run may take. The work is that of two cores in 30 seconds, which other work on the machine does not change. The time
// is that in which one hangs.
const (
	mostMemory = 1 << 30
	mostWork   = 2 * 30 * time.Second
	mostTime   = 5 * time.Minute
)

// TestHostileInputs: no input takes a command's memory or time, whatever it is made of.
func TestHostileInputs(t *testing.T) {
	readsAll(t)
	if testing.Short() {
		t.Skip("it builds the commands, and runs each many times")
	}
	commands := builtCommands(t)
	server := hostileServer(t)
	table := &usageTable{}
	t.Cleanup(func() { t.Log("\n" + table.String()) })
	for _, a := range attacks() {
		if a.runs = a.chosen(); len(a.runs) == 0 {
			continue
		}
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			copyFile(t, "dashboards/testdata/run.gz", filepath.Join(folder, "dashboards/testdata/run.gz"))
			for name, text := range a.files() {
				write(t, filepath.Join(folder, name), strings.ReplaceAll(text, "$SERVER", server))
			}
			for _, args := range a.runs {
				args = slices.Clone(args)
				for i := range args {
					args[i] = strings.ReplaceAll(args[i], "$SERVER", server)
				}
				table.add(a.name, args[0], survives(t, commands, folder, args))
			}
		})
	}
}

// chosen returns the runs that were asked for.
func (a attack) chosen() [][]string {
	if os.Getenv(allAttacks) != "" {
		return a.runs
	}
	return slices.DeleteFunc(slices.Clone(a.runs), func(args []string) bool { return !slices.Contains(strings.Fields(a.usual), args[0]) })
}

// survives runs a command, and fails the test if it takes too much or ends in a way that is none of its own.
func survives(t *testing.T, commands, folder string, args []string) usage {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), mostTime)
	defer cancel()
	command := exec.CommandContext(ctx, filepath.Join(commands, args[0]), args[1:]...)
	command.Dir = folder
	var said tail
	debug.FreeOSMemory() // see peakOf
	command.Stdout, command.Stderr = &said, &said
	began := time.Now()
	_ = command.Run() // how it ends is seen below
	used := usage{time.Since(began), cpuOf(command), peakOf(command), command.ProcessState.ExitCode(), said.line()}
	switch {
	case ctx.Err() != nil:
		t.Errorf("%q: no end after %s", args, mostTime)
	case used.code < 0 || used.code > 2 || crashed.Match(said.kept):
		t.Errorf("%q: exit %d: %s", args, used.code, said.kept)
	case used.cpu > mostWork:
		t.Errorf("%q: %s of a processor, more than %s", args, used.cpu, mostWork)
	case used.peak > mostMemory:
		t.Errorf("%q: %d MiB of memory, more than %d", args, used.peak>>20, mostMemory>>20)
	}
	return used
}

var crashed = regexp.MustCompile(`(?m)^(panic|fatal error|runtime error|goroutine \d+ )`)

// peakOf returns the most memory that a process had at once, in bytes. It is no less than what the test's own process had when
// it started the other.
func peakOf(command *exec.Cmd) int64 {
	peak := int64(command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
	if runtime.GOOS == "darwin" {
		return peak // in bytes there
	}
	return peak << 10
}

func cpuOf(command *exec.Cmd) time.Duration {
	return command.ProcessState.UserTime() + command.ProcessState.SystemTime()
}

// builtCommands builds the commands, and returns their folder.
func builtCommands(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	build := exec.Command("go", "build", "-o", folder, "./cmd/...")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return folder
}

// usage is what a run took.
type usage struct {
	time, cpu time.Duration
	peak      int64 // bytes
	code      int
	said      string // the beginning of its last line
}

// usageTable has what all runs took.
type usageTable struct {
	mu   sync.Mutex
	rows []string
}

func (u *usageTable) add(attack, command string, used usage) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.rows = append(u.rows, fmt.Sprintf("%-32s %-8s %5d MiB %6.1f s %6.1f s cpu  exit %d  %s", attack, command, used.peak>>20,
		used.time.Seconds(), used.cpu.Seconds(), used.code, used.said))
}

func (u *usageTable) String() string {
	u.mu.Lock()
	defer u.mu.Unlock()
	slices.Sort(u.rows)
	return strings.Join(u.rows, "\n")
}

// tail keeps the end of what a command says.
type tail struct{ kept []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p...)
	t.kept = t.kept[max(0, len(t.kept)-64<<10):]
	return len(p), nil
}

// line is the beginning of the last line.
func (t *tail) line() string {
	text := bytes.TrimSpace(t.kept)
	text = text[bytes.LastIndexByte(text, '\n')+1:]
	return fmt.Sprintf("%.100s", text)
}
