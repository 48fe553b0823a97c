// Package outputtest kills commands while they write, for the tests of those commands. It kills only what it started.
package outputtest

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Writer is a command that writes a folder, in one of two versions.
type Writer struct {
	Command string               // as testscript.Main knows it in this test's program
	Dir     string               // where it runs; empty is here
	Args    func(i int) []string // so that it writes version i, 0 or 1
	Folder  string               // where it writes, and nobody else
	Inputs  [2]map[string]string // by name, what is in the folder before, where the command changes files that are there
}

// kills is the environment variable with the number of kills. Without it there are few, in a few seconds.
const kills = "KILLS"

const (
	usualKills = 100
	usualTime  = 4 * time.Second
)

// Kill kills the writer at random moments, about half of them while it writes. After each, every file is whole, of the one
// version or the other; after a run that is not killed, nothing is left behind.
func Kill(t *testing.T, w Writer) {
	t.Helper()
	if testing.Short() {
		t.Skip("kills take a few seconds")
	}
	isEnough := enough(t)
	var whole [2]map[string]string
	begun := time.Now()
	for i := range whole {
		w.finish(t, i)
		whole[i] = contents(t, w.Folder)
	}
	long := time.Since(begun) / 2
	random := rand.New(rand.NewPCG(1, 2))
	killed, left := 0, map[string]bool{}
	for n, version := 0, 0; !isEnough(killed, len(left)); n++ {
		after := time.Duration(random.Int64N(int64(long)))
		if n%2 == 0 {
			after = -time.Duration(random.Int64N(int64(2 * time.Millisecond)))
		}
		if w.kill(t, version, after) {
			killed++
		}
		version = w.areWhole(t, whole, left)
		if n%10 == 9 {
			w.holds(t, version, whole[version])
			version = 1 - version
		}
	}
	w.holds(t, 0, whole[0])
	if len(left) == 0 {
		t.Error("no kill came while it wrote")
	}
	t.Logf("%s: %d kills, %d temporary files left by them, no torn file, nothing left after the next run", w.Command, killed, len(left))
}

// enough returns what reports whether these kills are enough: as many as somebody asked for, or else some in a few seconds.
// If none came while the command wrote, they prove nothing, and there are a few more.
func enough(t *testing.T) func(killed, left int) bool {
	t.Helper()
	text, isCounted := os.LookupEnv(kills)
	begun := time.Now()
	if !isCounted {
		return func(killed, left int) bool {
			long := time.Since(begun)
			return left > 0 && (killed >= usualKills || long > usualTime) || long > 5*usualTime
		}
	}
	most, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", kills, err)
	}
	return func(killed, left int) bool { return left > 0 && killed >= most || killed > 10*most }
}

// areWhole fails the test unless every file is of the one version or the other, and none is gone. It notes the temporary
// files, and returns the version that is to be written next.
func (w Writer) areWhole(t *testing.T, whole [2]map[string]string, left map[string]bool) (version int) {
	t.Helper()
	found := contents(t, w.Folder)
	for name, data := range found {
		switch {
		case isTemporary(name):
			left[name] = true
		case !slices.Contains([]string{whole[0][name], whole[1][name], w.Inputs[0][name], w.Inputs[1][name]}, data):
			t.Fatalf("%s is neither the old nor the new file: %d bytes", name, len(data))
		}
	}
	for name, first := range whole[0] {
		data, ok := found[name]
		if !ok {
			t.Fatalf("%s is gone", name)
		}
		if data == first {
			version = 1
		}
	}
	return version
}

// holds fails the test unless a run that is not killed leaves exactly this.
func (w Writer) holds(t *testing.T, i int, want map[string]string) {
	t.Helper()
	w.finish(t, i)
	found := contents(t, w.Folder)
	for name, data := range found {
		if was, ok := want[name]; !ok || data != was {
			t.Fatalf("after a run that was not killed there is %s, %d bytes", name, len(data))
		}
	}
	if len(found) != len(want) {
		t.Fatalf("%d files, want %d", len(found), len(want))
	}
}

// finish lets the command end.
func (w Writer) finish(t *testing.T, i int) {
	t.Helper()
	var said bytes.Buffer
	command := w.command(t, i, &said)
	if err := command.Run(); err != nil {
		t.Fatalf("%s: %v: %s", w.Command, err, &said)
	}
}

// kill starts the command, and kills it so long after its start, or, for a time below zero, that long after it began to
// write. It reports whether the command was still running.
func (w Writer) kill(t *testing.T, i int, after time.Duration) bool {
	t.Helper()
	command := w.command(t, i, nil)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	if after < 0 {
		if !w.writes(t, ended) {
			return false
		}
		after = -after
	}
	moment := time.NewTimer(after) // any moment is right
	defer moment.Stop()
	select {
	case <-ended:
		return false
	case <-moment.C:
	}
	command.Process.Kill()
	<-ended
	return !command.ProcessState.Exited()
}

// writes waits until there is a new temporary file. It reports whether there is one before the command ends.
func (w Writer) writes(t *testing.T, ended <-chan error) bool {
	t.Helper()
	old := map[string]bool{}
	for _, name := range temporary(t, w.Folder) {
		old[name] = true
	}
	look := time.NewTicker(200 * time.Microsecond)
	defer look.Stop()
	for {
		select {
		case <-ended:
			return false
		case <-look.C:
		}
		for _, name := range temporary(t, w.Folder) {
			if !old[name] {
				return true
			}
		}
	}
}

func (w Writer) command(t *testing.T, i int, said *bytes.Buffer) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range w.Inputs[i] {
		if err := os.WriteFile(filepath.Join(w.Folder, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command(self, w.Args(i)...)
	command.Args[0], command.Dir = w.Command, w.Dir
	if said != nil {
		command.Stdout, command.Stderr = said, said
	}
	return command
}

func isTemporary(name string) bool { return strings.HasSuffix(name, ".tmp") }

func temporary(t *testing.T, folder string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(folder, ".*.tmp"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// contents returns the files of a folder, by name.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[entry.Name()] = string(data)
	}
	return all
}
