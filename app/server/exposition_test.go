package server

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	runtimemetrics "runtime/metrics"
	"testing"
	"testing/synctest"
	"time"
)

const getMetrics = "GET /metrics HTTP/1.1\r\nHost: shop\r\n\r\n"

// TestScrapersThatDoNotRead: there is room for a few. Another is refused and must come back on a new connection, and has
// its page when the first ones have been cut off.
func TestScrapersThatDoNotRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, registry := start(t, Options{})
		listener := newPipes()
		stop := serving(t, s, listener)
		scrape := func() *http.Response {
			conn := listener.dial(t)
			defer conn.Close()
			fmt.Fprint(conn, getMetrics)
			answer, err := read(bufio.NewReader(conn))
			if err != nil {
				t.Fatal(err)
			}
			return answer
		}
		for range maxScrapes {
			conn := listener.dial(t)
			defer conn.Close()
			fmt.Fprint(conn, getMetrics)
		}
		synctest.Wait()
		if a := scrape(); a.StatusCode != 503 || a.Header.Get("Retry-After") != "1" || !a.Close {
			t.Errorf("one more is answered %s %v", a.Status, a.Header)
		}
		if got := sum(t, registry, "promhttp_metric_handler_requests_total", "code", "503"); got != 1 {
			t.Errorf("%v refused scrapes are counted, want 1", got)
		}
		time.Sleep(scrapeTime)
		synctest.Wait()
		if a := scrape(); a.StatusCode != 200 || a.Close {
			t.Errorf("after %v a scrape is answered %s", scrapeTime, a.Status)
		}
		_ = stop()
	})
}

// tight is a listener whose connections keep little of an answer in the kernel, as if their networks were slow.
type tight struct{ *net.TCPListener }

func (l tight) Accept() (net.Conn, error) {
	conn, err := l.AcceptTCP()
	if err == nil {
		err = conn.SetWriteBuffer(4 << 10)
	}
	return conn, err
}

// TestMemoryOfScrapersThatDoNotRead: two thousand clients that ask for the page and do not read it cost little. The
// container has 256 MiB in the cluster, the service itself needs about 20.
func TestMemoryOfScrapersThatDoNotRead(t *testing.T) {
	const (
		clients = 2000
		most    = 32 << 20 // bytes, with what the clients need in this process
	)
	s, _ := start(t, Options{})
	listener, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	stop := serving(t, s, tight{listener})
	defer stop()
	before := inUse()
	served := map[string]int{}
	for range clients {
		conn, err := net.DialTCP("tcp", nil, listener.Addr().(*net.TCPAddr))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_ = conn.SetReadBuffer(4 << 10)
		fmt.Fprint(conn, getMetrics)
		begins := make([]byte, len("HTTP/1.1 200"))
		if _, err := io.ReadFull(conn, begins); err != nil {
			t.Fatal(err)
		}
		served[string(begins)]++
	}
	took := inUse() - before
	t.Logf("%d clients that do not read: %d KiB, answers %v", clients, took>>10, served)
	if took > most {
		t.Errorf("they cost %d MiB, want at most %d", took>>20, most>>20)
	}
}

// inUse returns the bytes of live objects and of stacks.
func inUse() int {
	runtime.GC()
	used := []runtimemetrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	runtimemetrics.Read(used)
	return int(used[0].Value.Uint64() + used[1].Value.Uint64())
}
