package engine

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
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

// prometheus is a real server for the comparison.
type prometheus struct{ url string }

var listening = regexp.MustCompile(`msg="Listening on".* address=(127\.0\.0\.1:\d+)`)

// startPrometheus starts a server with this configuration for the length of the test. It skips the test if Prometheus
// is not installed.
func startPrometheus(t *testing.T, config string, flags ...string) prometheus {
	t.Helper()
	path, err := exec.LookPath("prometheus")
	if err != nil {
		t.Skip("there is no prometheus on the PATH to compare with; .ci/run installs it")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "prometheus.yml")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	flags = append(flags, "--config.file="+file, "--storage.tsdb.path="+filepath.Join(dir, "data"),
		"--web.listen-address=127.0.0.1:0", "--log.format=logfmt")
	command := exec.Command(path, flags...)
	log, err := command.StderrPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	found, ended := make(chan string, 1), make(chan string, 1)
	go func() { ended <- follow(log, found) }()
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		text := <-ended
		if err := command.Wait(); err != nil || t.Failed() {
			t.Logf("prometheus ended: %v\n%s", err, text)
		}
	})
	select {
	case address := <-found:
		server := prometheus{url: "http://" + address}
		server.wait(t, func() bool { return server.ready() })
		return server
	case <-time.After(30 * time.Second):
		t.Fatal("prometheus does not listen after 30 s")
	}
	return prometheus{}
}

// follow reads the log to its end. It sends the address in it, or an empty text if the server ends without one.
func follow(log io.Reader, found chan<- string) string {
	defer close(found)
	var text strings.Builder
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		fmt.Fprintln(&text, lines.Text())
		if address := listening.FindStringSubmatch(lines.Text()); address != nil {
			found <- address[1]
		}
	}
	return text.String()
}

func (p prometheus) ready() bool {
	answer, err := http.Get(p.url + "/-/ready")
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// wait polls done until it is true, for at most a minute.
func (p prometheus) wait(t *testing.T, done func() bool) {
	t.Helper()
	for range 600 {
		if done() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("waited for a minute")
}

// get sends a request to the HTTP API, decodes the data of the response and returns its remarks.
func (p prometheus) get(t *testing.T, path string, parameters url.Values, data any) (remarks []string) {
	t.Helper()
	answer, err := http.Get(p.url + path + "?" + parameters.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body := struct {
		Status, Error   string
		Data            any
		Warnings, Infos []string
	}{Data: data}
	if err := json.NewDecoder(answer.Body).Decode(&body); err != nil || body.Status != "success" {
		t.Fatalf("%s %v: %s %s %v", path, parameters, body.Status, body.Error, err)
	}
	return slices.Sorted(slices.Values(slices.Concat(body.Warnings, body.Infos)))
}

func (p prometheus) instant(t *testing.T, query string, at time.Time) (answer, []string) {
	t.Helper()
	var got rawAnswer
	remarks := p.get(t, "/api/v1/query", url.Values{"query": {query}, "time": {seconds(at)}}, &got)
	return got.read(t), remarks
}

func (p prometheus) queryRange(
	t *testing.T, query string, start, end time.Time, step time.Duration,
) (answer, []string) {
	t.Helper()
	var got rawAnswer
	remarks := p.get(t, "/api/v1/query_range", url.Values{
		"query": {query}, "start": {seconds(start)}, "end": {seconds(end)}, "step": {fmt.Sprint(step.Seconds())},
	}, &got)
	return got.read(t), remarks
}

func seconds(t time.Time) string { return fmt.Sprintf("%.3f", float64(t.UnixMilli())/1000) }
