package repository

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// interrupted is a command at work when somebody presses Ctrl-C. That is once it has asked the server, or has read from its
// standard input, which does not end; or else as busy and wrote say.
type interrupted struct {
	doing string
	args  []string // $URL is a server that never answers
	busy  bool     // it works by itself: once it has used the processor for a while
	// Nobody reads its output: once it has written this file. This one handles no interrupt: the signal ends it at once, and it
	// has to leave whole files all the same.
	wrote string
}

// soon is far more than it takes, since the machine of a test may be busy. What is interrupted would take minutes, or never
// end.
const soon = 5 * time.Second

// TestInterrupts: whatever a command is doing, an interrupt ends it within a second, with a message and no half-written
// file. The times are printed. Templates are not among it: their limits end them before anybody could press a key.
func TestInterrupts(t *testing.T) {
	readsAll(t)
	if testing.Short() {
		t.Skip("it builds the commands")
	}
	commands := builtCommands(t)
	folder := t.TempDir()
	copyFile(t, "dashboards/testdata/run.gz", filepath.Join(folder, "dashboards/testdata/run.gz"))
	for name, text := range slowFiles() {
		write(t, filepath.Join(folder, name), text)
	}
	for i := range 300 { // one slow file many times, for those that read it soon
		for _, side := range []string{"many", "more"} {
			err := os.MkdirAll(filepath.Join(folder, side), 0o755)
			if err == nil {
				err = os.Link(filepath.Join(folder, side+".json"), filepath.Join(folder, side, fmt.Sprintf("%d.json", i)))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, i := range []interrupted{
		{doing: "reads standard input", args: []string{"lint", "-"}},
		{doing: "waits for a page", args: []string{"lint", "-metrics", "$URL", "small.json"}},
		{doing: "waits for a Prometheus", args: []string{"lint", "-prometheus", "$URL", "small.json"}},
		{doing: "reads files", args: []string{"lint", "many"}, busy: true},
		{doing: "waits for a page", args: []string{"verify", "-boards", "small.json", "-target", "$URL"}},
		{doing: "waits for a Prometheus", args: []string{"verify", "-boards", "small.json", "-prometheus", "$URL"}},
		{doing: "reads files", args: []string{"verify", "-boards", "many/*", "-prometheus", "$URL"}, busy: true},
		{doing: "evaluates", args: []string{"verify", "-tests", "evaluated_test.yml"}, busy: true},
		{doing: "waits for a Grafana", args: []string{"diff", "-live", "$URL", "many"}},
		{doing: "waits for a Prometheus", args: []string{"diff", "-on", "$URL", "small.json", "other.json"}},
		{doing: "compares files", args: []string{"diff", "-on", "", "many", "more"}, busy: true},
		{doing: "evaluates", args: []string{"diff", "evaluated.json", "evaluated2.json"}, busy: true},
		{doing: "waits for a Prometheus", args: []string{"preview", "-alerts", "-rules", "rules.yml", "-prometheus", "$URL"}},
		{doing: "evaluates and draws", args: []string{"preview", "-svg", "pictures", "-boards", "evaluated.json"}, busy: true},
		{doing: "reads files", args: []string{"preview", "-svg", "pictures", "-boards", "many/*"}, busy: true},
		{doing: "runs a regex", args: []string{"preview", "-svg", "pictures", "-boards", "regex.json"}, busy: true},
		{doing: "reads standard input", args: []string{"metrics", "-o", "x/x.go", "-"}},
		{doing: "waits for a page", args: []string{"metrics", "-o", "x/x.go", "$URL"}},
		{doing: "writes what nobody reads", args: []string{"gen", "-out", "out"}, wrote: "out/.generated"},
	} {
		t.Run(i.args[0]+" "+i.doing, func(t *testing.T) {
			t.Parallel()
			i.test(t, commands, folder)
		})
	}
	t.Cleanup(func() {
		err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
			if strings.HasSuffix(path, ".tmp") && !strings.Contains(path, "out/") || strings.Contains(path, "pictures/") || strings.Contains(path, "x.go") {
				t.Errorf("%s is left", path)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// test starts the command, and interrupts it at its work.
func (i interrupted) test(t *testing.T, commands, folder string) {
	if i.busy && runtime.GOOS != "linux" {
		t.Skip("only Linux says how long a process has used the processor")
	}
	asked := make(chan struct{}, 100)
	url := silentServer(t, asked)
	args := make([]string, len(i.args))
	for n := range args {
		args[n] = strings.ReplaceAll(i.args[n], "$URL", url)
	}
	command := exec.Command(filepath.Join(commands, args[0]), args[1:]...)
	command.Dir = folder
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if i.wrote != "" {
		command.Stdout = fullPipe(t)
	}
	stdin, err := command.StdinPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		if args[len(args)-1] == "-" { // more than a pipe holds: when it is written, some of it was read
			io.WriteString(stdin, strings.Repeat(" ", 1<<20))
			asked <- struct{}{}
		}
	}()
	exited := make(chan struct{})
	go func() { command.Wait(); close(exited) }()
	i.awaitWork(t, command.Process.Pid, folder, asked, exited)
	began := time.Now()
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Errorf("it ended by itself: %s%s", &stdout, &stderr)
	}
	select {
	case <-exited:
	case <-time.After(time.Minute):
		command.Process.Kill()
		<-exited
	}
	took := time.Since(began)
	t.Logf("%s", took)
	code, said := 2, args[0]+": interrupted\n"
	if i.wrote != "" {
		code, said = -1, ""
	}
	if got := command.ProcessState.ExitCode(); got != code || stdout.Len() > 0 || stderr.String() != said || took > soon {
		t.Errorf("exit %d after %s: %s%s", got, took, &stdout, &stderr)
	}
}

// silentServer returns the URL of a server that notes each request, and answers none.
func silentServer(t *testing.T, asked chan<- struct{}) string {
	ended := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked <- struct{}{}; <-ended }))
	t.Cleanup(func() { close(ended); server.Close() })
	return server.URL
}

// awaitWork returns once the command is at its work, or has ended.
func (i interrupted) awaitWork(t *testing.T, pid int, folder string, asked, exited <-chan struct{}) {
	for {
		select {
		case <-asked:
			return
		case <-exited:
			return
		case <-time.After(20 * time.Millisecond):
			if i.busy && processorTime(t, pid) > 500*time.Millisecond || i.wrote != "" && isThere(filepath.Join(folder, i.wrote)) {
				return
			}
		}
	}
}

// fullPipe returns the end of a pipe into which nothing more goes.
func fullPipe(t *testing.T) *os.File {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { reader.Close(); writer.Close() })
	if err := writer.SetWriteDeadline(time.Now().Add(100 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Write(make([]byte, 1<<20)); err == nil {
		t.Fatal("the pipe takes all")
	}
	return writer
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// processorTime returns how long a process has used the processor; 0 once it has ended.
func processorTime(t *testing.T, pid int) time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(data), ") ")
	fields := strings.Fields(after)
	if len(fields) < 13 {
		return 0
	}
	user, err := strconv.Atoi(fields[11])
	if err != nil {
		t.Error(err)
	}
	system, err := strconv.Atoi(fields[12])
	if err != nil {
		t.Error(err)
	}
	return time.Duration(user+system) * 10 * time.Millisecond // the unit of every Linux that Go knows
}

// slowFiles are files that take long to read, to evaluate or to draw.
func slowFiles() map[string]string {
	heavy := func(expr string) string {
		return filled(100_000, boardBegin+`"panels":[`, strings.Replace(panel, `"up"`, `"`+expr+`"`, 1), ",", "]}")
	}
	return map[string]string{
		"small.json":         boardBegin + `"panels":[` + onePanel + `]}`,
		"other.json":         boardBegin + `"panels":[` + strings.Replace(onePanel, `"up"`, `"up+1"`, 1) + `]}`,
		"rules.yml":          alertOf("a"),
		"many.json":          hostileBoards["ConfigMap in lines"](256 << 10),
		"more.json":          strings.ReplaceAll(hostileBoards["ConfigMap in lines"](256<<10), `"expr":"up`, `"expr":"1+up`),
		"evaluated.json":     heavy(`sum(sum_over_time({__name__=~\".+\"}[1h:%ds]))`),
		"evaluated2.json":    heavy(`1+sum(sum_over_time({__name__=~\".+\"}[1h:%ds]))`),
		"regex.json":         hostileBoards["overrides that backtrack"](small),
		"evaluated.yml":      filled(small, rulesBegin, "  - {record: a%d, expr: 'sum(sum_over_time(up[1d:1s]))'}\n", "", ""),
		"evaluated_test.yml": rulesTest("evaluated.yml", "1x1000"),
	}
}

func rulesTest(rules, values string) string {
	return "rule_files: [" + rules + "]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n" +
		"  input_series: [{series: 'up{job=\"a\"}', values: " + values + "}]\n" +
		"  alert_rule_test: [{eval_time: 10m, alertname: a1}]\n"
}
