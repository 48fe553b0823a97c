package preview

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/observe/recorded"
	"gaugewright/internal/source"
	"gaugewright/internal/verify"
)

var noon = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// shop is a page over a small engine: the queues of two jobs, which change all the time.
type shop struct {
	*Preview
	engine *engine.Engine
	clock  atomic.Int64 // milliseconds since 1970
	board  string       // the board's file
	server *httptest.Server
}

const scrapes = 10 * time.Second

// queue is the value of a job's queue at a time.
func queue(job string, at time.Time) float64 {
	n := at.Unix() / 10
	if job == "web" {
		return float64(n * 13 % 89)
	}
	return float64(n * 7 % 97)
}

// newShop returns the page, with samples of an hour, and a server for it.
func newShop(t testing.TB) *shop {
	t.Helper()
	e, err := engine.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{engine: e, board: filepath.Join(t.TempDir(), "shop.json")}
	text, err := os.ReadFile("testdata/shop.json")
	if err != nil {
		t.Fatal(err)
	}
	s.save(t, string(text))
	s.Preview = New(Options{
		Source: source.Memory{Engine: e}, Scrape: scrapes, Every: scrapes,
		Now: func() time.Time { return time.UnixMilli(s.clock.Load()) },
	})
	for at := noon.Add(-time.Hour); !at.After(noon); at = at.Add(scrapes) {
		s.scrape(t, at)
	}
	s.read(t)
	s.server = httptest.NewUnstartedServer(nil)
	s.server.Config.Handler = Guard(s.server.Listener.Addr(), s.Handler())
	s.server.Start()
	t.Cleanup(s.server.Close)
	return s
}

// scrape adds a sample to each series, and sets the clock.
func (s *shop) scrape(t testing.TB, at time.Time) {
	t.Helper()
	for _, job := range []string{"api", "web"} {
		if err := s.engine.Append(map[string]string{"__name__": "queue_length", "job": job}, engine.Sample{T: at, V: queue(job, at)}); err != nil {
			t.Fatal(err)
		}
	}
	s.clock.Store(at.UnixMilli())
}

// save writes the board's file.
func (s *shop) save(t testing.TB, text string) {
	t.Helper()
	if err := os.WriteFile(s.board, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// read shows the board's file.
func (s *shop) read(t testing.TB) {
	t.Helper()
	files, err := verify.Read(verify.Named{Boards: s.board})
	if err != nil {
		t.Error(err)
		return
	}
	s.Show(files)
}

// get asks the handler, as a browser on this machine does.
func (s *shop) get(path string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodGet, path, nil)
	request.Host = "127.0.0.1:8080"
	Guard(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}, s.Handler()).ServeHTTP(answer, request)
	return answer
}

// repository returns the repository's own boards and rules, and the recorded run.
func repository(t testing.TB) (verify.Files, recorded.Run) {
	t.Helper()
	t.Chdir("../..")
	file, err := os.Open("dashboards/testdata/run.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	run, err := recorded.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	files, err := verify.Read(verify.Named{})
	if err != nil {
		t.Fatal(err)
	}
	return files, run
}

func text(v float64) string { return fmt.Sprint(v) }
