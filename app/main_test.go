package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes the test binary the command too: in scripts and for exec, "app" is main.
func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"app": main}) }

func TestScripts(t *testing.T) { testscript.Run(t, testscript.Params{Dir: "testdata/script"}) }

// TestExitCodeOfMisuse: misuse returns 2. A script cannot distinguish 2 from 1.
func TestExitCodeOfMisuse(t *testing.T) {
	for _, args := range [][]string{
		{"-no-such-flag"}, {"stray"}, {"-traffic", "nowhere"}, {"-pprof", "8000"}, {"-listen", "x"},
	} {
		if code := run(args, io.Discard, io.Discard); code != 2 {
			t.Errorf("app %s: exit code %d, want 2", strings.Join(args, " "), code)
		}
	}
}

// process is a running app.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	log  *bufio.Reader
	seen bytes.Buffer
}

// launch starts the app. It ends with the test, or after 30 s.
func launch(t *testing.T, args ...string) *process {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	p := &process{t: t, cmd: exec.CommandContext(ctx, "app", args...)}
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.log = bufio.NewReader(stderr)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	return p
}

// says reads the log up to a matching line and returns the match's first group.
func (p *process) says(pattern string) string {
	p.t.Helper()
	for want := regexp.MustCompile(pattern); ; {
		line, err := p.log.ReadString('\n')
		p.seen.WriteString(line)
		if m := want.FindStringSubmatch(line); m != nil {
			return m[len(m)-1]
		}
		if err != nil {
			p.t.Fatalf("the log ends without %q: %s", pattern, &p.seen)
		}
	}
}

const (
	listening = `msg=listening address=(\S+)`
	profiling = `msg="serving profiles" address=(\S+)`
)

// ends reads the rest of the log and returns how the process ended.
func (p *process) ends() error {
	_, _ = io.Copy(&p.seen, p.log)
	return p.cmd.Wait()
}

func status(t *testing.T, url string) int {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

func TestPprofIsOffByDefault(t *testing.T) {
	p := launch(t, "-listen", "127.0.0.1:0")
	address := p.says(listening)
	if got := status(t, "http://"+address+"/debug/pprof/"); got != 404 {
		t.Errorf("the API answers %d for profiles, want 404", got)
	}
	if strings.Contains(p.seen.String(), "profiles") {
		t.Errorf("profiles are served: %s", &p.seen)
	}
}

func TestPprofHasItsOwnListener(t *testing.T) {
	p := launch(t, "-listen", "127.0.0.1:0", "-pprof", "0")
	profiles, api := p.says(profiling), p.says(listening)
	if host, _, _ := net.SplitHostPort(profiles); host != "127.0.0.1" {
		t.Errorf("a bare port is served on %s, want 127.0.0.1", host)
	}
	for url, want := range map[string]int{
		"http://" + profiles + "/debug/pprof/":                  200,
		"http://" + profiles + "/debug/pprof/goroutine?debug=1": 200,
		"http://" + profiles + "/products":                      404,
		"http://" + api + "/debug/pprof/":                       404,
		"http://" + api + "/health":                             200,
	} {
		if got := status(t, url); got != want {
			t.Errorf("%s answers %d, want %d", url, got, want)
		}
	}
}

func TestPprofAddress(t *testing.T) {
	tests := []struct{ pprof, listen, want string }{
		{"6060", ":8000", "127.0.0.1:6060"},
		{":6060", ":8000", "127.0.0.1:6060"},
		{"0.0.0.0:6060", ":8000", "0.0.0.0:6060"},
		{"[::1]:6060", ":8000", "[::1]:6060"},
		{"0", ":0", "127.0.0.1:0"},
		{"8000", ":8000", ""},
		{"8000", "10.0.0.1:8000", ""},
		{"localhost:8000", ":8000", ""},
		{"80", ":http", ""},
		{"::1:6060", ":8000", ""},
		{"6060", "8000", ""},
	}
	for _, test := range tests {
		got, err := pprofAddress(test.pprof, test.listen)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("-pprof %s -listen %s: %q, %v; want %q", test.pprof, test.listen, got, err, test.want)
		}
	}
}

func TestAddressInUse(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for flag, other := range map[string][]string{"-listen": nil, "-pprof": {"-listen", "127.0.0.1:0"}} {
		var stderr bytes.Buffer
		code := run(append(other, flag, taken.Addr().String()), io.Discard, &stderr)
		want := "address already in use: choose another address with " + flag
		if code != 2 || !strings.Contains(stderr.String(), want) {
			t.Errorf("%s: exit code %d, want 2 and %q: %s", flag, code, want, &stderr)
		}
	}
}

func TestOpenTelemetryIsOnUnlessSwitchedOff(t *testing.T) {
	for _, test := range []struct {
		args []string
		want bool
	}{{nil, true}, {[]string{"-otel=false"}, false}} {
		address := launch(t, append([]string{"-listen", "127.0.0.1:0"}, test.args...)...).says(listening)
		answer, err := http.Get("http://" + address + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if got := bytes.Contains(page, []byte("\ngo_goroutine_count{")); got != test.want {
			t.Errorf("app %q: exposed: %v, want %v", test.args, got, test.want)
		}
	}
}

// slow starts an app with a request in flight that takes the given time. It returns the channel for the answer.
func slow(t *testing.T, duration string) (p *process, answer <-chan error) {
	t.Helper()
	p = launch(t, "-listen", "127.0.0.1:0", "-leak-slow", duration)
	conn, err := net.Dial("tcp", p.says(listening))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := io.WriteString(conn, "GET /products HTTP/1.1\r\nHost: shop\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "http://"+conn.RemoteAddr().String(), `api_http_requests_in_flight 2\n`) // the request and this scrape
	ended := make(chan error, 1)
	go func() {
		a, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err == nil {
			_, err = io.Copy(io.Discard, a.Body)
		}
		ended <- err
	}()
	return p, ended
}

// waitFor scrapes the app until the page matches.
func waitFor(t *testing.T, url, pattern string) {
	t.Helper()
	want := regexp.MustCompile(pattern)
	for range 200 {
		if answer, err := http.Get(url + "/metrics"); err == nil {
			page, _ := io.ReadAll(answer.Body)
			_ = answer.Body.Close()
			if want.Match(page) {
				return
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s/metrics never matches %q", url, pattern)
}

func TestSignalLetsRequestsFinish(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			p, answer := slow(t, "1s")
			if err := p.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if err := <-answer; err != nil {
				t.Errorf("the request in flight was dropped: %v", err)
			}
			if err := p.ends(); err != nil {
				t.Errorf("want exit code 0, got %v: %s", err, &p.seen)
			}
		})
	}
}

func TestSecondSignalEndsAtOnce(t *testing.T) {
	p, answer := slow(t, "5s")
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.says("another signal ends this at once")
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := p.ends(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGTERM {
		t.Errorf("ended with %v, want by the signal: %s", err, &p.seen)
	}
	if err := <-answer; err == nil {
		t.Error("the request was answered, so the end was not at once")
	}
}

func TestTrafficMode(t *testing.T) {
	url := "http://" + launch(t, "-listen", "127.0.0.1:0").says(listening)
	p := launch(t, "-traffic", url, "-rate", "200")
	waitFor(t, url, `api_http_request_total\{method="POST",path="/orders",status="201"\} [1-9]`)
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.ends(); err != nil {
		t.Errorf("want exit code 0, got %v: %s", err, &p.seen)
	}
}
