package provision_test

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaugewright/dashboards"
	"gaugewright/dashboards/provision"
)

// writeForever is the environment variable that makes the test binary a gen that writes into the folder it names, over and
// over.
const writeForever = "PROVISION_TEST_WRITE_FOREVER"

// versions are two sets of boards: of the same names but other sizes, and one name each that the other lacks.
func versions() [2][]dashboards.Board {
	var sets [2][]dashboards.Board
	for v, letter := range []string{"a", "b"} {
		for i := range 8 {
			size := (i*4 + v*16 + 4) << 10
			sets[v] = append(sets[v], board(fmt.Sprintf("go-%d", i), strings.Repeat(letter, size)))
		}
		sets[v] = append(sets[v], board("go-only-"+letter, ""))
	}
	return sets
}

// alternate writes one version and then the other until the process is killed, or for a minute.
func alternate(dir string) {
	sets := versions()
	fmt.Println("ready")
	for i, start := 0, time.Now(); time.Since(start) < time.Minute; i++ {
		if code := provision.Run([]string{"-out", dir}, io.Discard, os.Stderr, service(plain(), sets[i%2]...)); code != 0 {
			os.Exit(code)
		}
	}
	os.Exit(0)
}

// TestEveryStep looks at the folder after each thing that gen says it did, while it goes from one version to the other.
func TestEveryStep(t *testing.T) {
	dir, sets, whole := filepath.Join(t.TempDir(), "out"), versions(), wholeFiles(t)
	gen(t, 0, sets[0], "-out", dir)
	steps := 0
	look := writerFunc(func() { steps++; checkWhole(t, dir, whole) })
	provision.Run([]string{"-out", dir}, look, os.Stderr, service(plain(), sets[1]...))
	if want := 8 + 1 + 1 + 1 + 1; steps != want { // boards, the one more, the one less, the ledger, the sum
		t.Errorf("%d steps, want %d", steps, want)
	}
}

// writerFunc is called for each write.
type writerFunc func()

func (f writerFunc) Write(p []byte) (int, error) { f(); return len(p), nil }

// TestKilled kills gen at random moments. After each, every file is whole, one version or the other, none that both have
// is lacking, and none that gen wrote is unlisted, so that the next run can clean up.
func TestKilled(t *testing.T) {
	kills := 60
	if testing.Short() {
		kills = 20
	}
	if text, ok := os.LookupEnv("KILLS"); ok { // as many as somebody wants
		var err error
		if kills, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	dir, sets, whole := filepath.Join(t.TempDir(), "out"), versions(), wholeFiles(t)
	gen(t, 0, sets[0], "-out", dir)
	start := time.Now()
	gen(t, 0, sets[1], "-out", dir)
	oneRun := time.Since(start) // so that the moments are spread over two runs, however slow the machine

	random := rand.New(rand.NewPCG(1, 2))
	halfWritten, done := 0, 0
	for ; done < kills || halfWritten == 0 && done < 2*kills; done++ {
		killOnce(t, dir, func() {
			if done < kills {
				time.Sleep(time.Duration(random.Int64N(int64(2 * oneRun)))) // the moment is what varies: any is right
			} else {
				untilWriting(dir) // it takes long to build, with the race detector, and less of it to write
			}
		})
		halfWritten += checkWhole(t, dir, whole)
	}
	// Without these the kills would all have come between two writes, and prove nothing.
	if halfWritten == 0 {
		t.Errorf("none of %d kills came in the middle of writing", done)
	}
	gen(t, 0, sets[0], "-out", dir)
	if out := gen(t, 0, sets[0], "-check", "-out", dir); out != "" {
		t.Errorf("after a run that was not killed -check says:\n%s", out)
	}
	t.Logf("gen: %d kills, %d temporary files left by them, no torn file, nothing left after the next run", done, halfWritten)
}

// wholeFiles are, by path, the contents of the two versions.
func wholeFiles(t *testing.T) map[string][]string {
	t.Helper()
	whole := map[string][]string{}
	for _, set := range versions() {
		for path, data := range filesByPath(t, plain(), set...) {
			whole[path] = append(whole[path], data)
		}
	}
	return whole
}

// untilWriting waits until there is a temporary file, at most ten seconds.
func untilWriting(dir string) {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); {
		if found, _ := filepath.Glob(filepath.Join(dir, "*/*/*.tmp")); found != nil {
			return
		}
	}
}

// killOnce starts a gen and kills it after a wait that begins when it does.
func killOnce(t *testing.T, dir string, wait func()) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var complaints bytes.Buffer
	command := exec.Command(self)
	command.Env = append(os.Environ(), writeForever+"="+dir)
	command.Stderr = &complaints
	ready, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	io.ReadFull(ready, make([]byte, len("ready")))
	wait()
	command.Process.Kill()
	command.Wait()
	if complaints.Len() > 0 {
		t.Fatalf("gen said: %s", &complaints)
	}
}

// checkWhole looks at every file in the folder and returns how many were left half written under a temporary name.
func checkWhole(t *testing.T, dir string, whole map[string][]string) (temporary int) {
	t.Helper()
	found := map[string]bool{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || entry.IsDir():
			return err
		case strings.HasSuffix(path, ".tmp"):
			temporary++
			return nil
		}
		found[path] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ledger := read(t, dir, ".generated")
	for path := range found {
		data := read(t, dir, path)
		if path == ".generated" {
			continue
		}
		if !slices.Contains(whole[path], data) {
			t.Fatalf("%s is neither the old nor the new file: %d bytes", path, len(data))
		}
		if !strings.Contains("\n"+ledger, "\n"+path+"\n") {
			t.Fatalf("%s is not listed in the ledger:\n%s", path, ledger)
		}
	}
	for path, contents := range whole {
		if len(contents) == 2 && !found[path] {
			t.Fatalf("%s is gone", path)
		}
	}
	return temporary
}
