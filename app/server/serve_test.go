package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener in memory. Its connections work with synctest, where waiting takes no time.
type pipes struct {
	coming chan net.Conn
	once   sync.Once
	closed chan struct{}
}

func newPipes() *pipes { return &pipes{coming: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.coming:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "memory", Net: "pipe"} }

func (p *pipes) dial(t *testing.T) net.Conn {
	t.Helper()
	ours, theirs := net.Pipe()
	select {
	case p.coming <- theirs:
	case <-p.closed:
		t.Fatal("the listener is closed")
	}
	return ours
}

// serving runs Serve until the returned stop is called, which returns Serve's error.
func serving(t *testing.T, s *Server, listener net.Listener) (stop func() error) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, listener) }()
	return sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
}

const get = "GET /products/3 HTTP/1.1\r\nHost: shop\r\n\r\n"

// read reads one whole answer from a connection.
func read(from *bufio.Reader) (answer *http.Response, err error) {
	if answer, err = http.ReadResponse(from, nil); err != nil {
		return nil, err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return answer, err
}

func TestStopLetsRequestsFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := start(t, Options{Leak: Leak{Slow: maxLeakSlow}})
		listener := newPipes()
		stop := serving(t, s, listener)
		idle, busy := listener.dial(t), listener.dial(t)
		fmt.Fprint(idle, "GET /health HTTP/1.1\r\nHost: shop\r\n\r\n")
		fromIdle := bufio.NewReader(idle)
		if answer, err := read(fromIdle); err != nil || answer.Close {
			t.Fatalf("before the stop connections are kept: %v", err)
		}
		fmt.Fprint(busy, get)
		synctest.Wait()
		stopped := make(chan error, 1)
		go func() { stopped <- stop() }()
		synctest.Wait()

		if _, err := read(fromIdle); err == nil {
			t.Error("the idle connection was kept")
		}
		answer, err := read(bufio.NewReader(busy))
		if err != nil {
			t.Errorf("the request was dropped: %v", err)
		} else if answer.StatusCode != 200 || !answer.Close {
			t.Errorf("status %d, told to leave %v; want 200 and true", answer.StatusCode, answer.Close)
		}
		if err := <-stopped; err != nil {
			t.Errorf("a clean stop returned %v", err)
		}
	})
}

func TestStopHasADeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := start(t, Options{Wait: func(ctx context.Context, _ time.Duration) error {
			return sleep(ctx, time.Hour)
		}})
		listener := newPipes()
		stop := serving(t, s, listener)
		conn := listener.dial(t)
		fmt.Fprint(conn, get)
		synctest.Wait()
		begin := time.Now()
		if err := stop(); err == nil || !strings.Contains(err.Error(), "cut off") {
			t.Errorf("a request hung and Serve returned %v", err)
		}
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("stopping took %v, which docker stop would not wait for", took)
		}
	})
}

// TestConnectionsHaveLimits: clients that are slow on purpose, or gone, must not hold a connection forever.
func TestConnectionsHaveLimits(t *testing.T) {
	tests := []struct {
		name, sent string
		least      time.Duration
	}{
		{"nothing is sent", "", readHeaderTime},
		{"half a header", "GET /products HTTP/1.1\r\nHos", readHeaderTime},
		{"half a body", "POST /orders HTTP/1.1\r\nHost: shop\r\nContent-Length: 100\r\n\r\n{", readTime},
		{"kept and not used", get, idleTime},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, _ := start(t, Options{})
				listener := newPipes()
				stop := serving(t, s, listener)
				conn, begin := listener.dial(t), time.Now()
				go func() { _, _ = io.WriteString(conn, test.sent) }()
				if _, err := io.Copy(io.Discard, conn); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(begin); took < test.least || took > test.least+maxLatency {
					t.Errorf("the connection stayed for %v, want %v and at most the latency of an answer more", took, test.least)
				}
				_ = stop()
			})
		})
	}
}

func TestClientThatDoesNotReadIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, registry := start(t, Options{})
		listener := newPipes()
		stop := serving(t, s, listener)
		conn := listener.dial(t)
		fmt.Fprint(conn, "GET /metrics HTTP/1.1\r\nHost: shop\r\n\r\n")
		for _, want := range []float64{1, 0} {
			synctest.Wait()
			if got := sum(t, registry, "api_http_requests_in_flight"); got != want {
				t.Errorf("%v requests in flight, want %v", got, want)
			}
			time.Sleep(writeTime)
		}
		_ = conn.Close()
		_ = stop()
	})
}

func TestLargeHeaderIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := start(t, Options{})
		listener := newPipes()
		stop := serving(t, s, listener)
		conn := listener.dial(t)
		go func() {
			fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: shop\r\nX: %s\r\n\r\n", strings.Repeat("x", 10*maxHeader))
		}()
		answer, err := read(bufio.NewReader(conn))
		if err != nil || answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("got %v, %v; want status 431", answer, err)
		}
		_ = conn.Close()
		_ = stop()
	})
}

// TestServerWideOptionsAreCounted: net/http would answer this request itself, uncounted.
func TestServerWideOptionsAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, registry := start(t, Options{})
		listener := newPipes()
		stop := serving(t, s, listener)
		conn := listener.dial(t)
		fmt.Fprint(conn, "OPTIONS * HTTP/1.1\r\nHost: shop\r\n\r\n")
		if _, err := read(bufio.NewReader(conn)); err != nil {
			t.Fatal(err)
		}
		if got := sum(t, registry, "api_http_request_total", "path", "other", "method", "OPTIONS"); got != 1 {
			t.Errorf("counted %v times, want once", got)
		}
		_ = conn.Close()
		_ = stop()
	})
}

// broken is a listener that cannot accept.
type broken struct{ *pipes }

func (broken) Accept() (net.Conn, error) { return nil, errors.New("the cable is out") }

func TestListenerThatFailsIsAnError(t *testing.T) {
	s, _ := start(t, Options{})
	err := s.Serve(t.Context(), broken{newPipes()})
	if err == nil || !strings.Contains(err.Error(), "the cable is out") {
		t.Errorf("Serve returned %v", err)
	}
}
