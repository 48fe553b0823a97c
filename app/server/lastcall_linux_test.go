package server

import (
	"errors"
	"io"
	"net"
	"testing"
	"time"
)

// queue is a listener with clients in its queue: connected, as far as they know, and not accepted.
func queue(t *testing.T, clients int) (listener net.Listener, conns []net.Conn) {
	t.Helper()
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tcp.Close() })
	for range clients {
		conn, err := net.Dial("tcp", tcp.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		conns = append(conns, conn)
	}
	return patient(tcp), conns
}

func TestLastCallTakesInWhoeverWaits(t *testing.T) {
	listener, clients := queue(t, 20)
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	for range clients {
		conn, err := listener.Accept()
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(conn, conn.RemoteAddr().String())
		_ = conn.Close()
	}
	if _, err := listener.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("with nobody waiting Accept returned %v, want net.ErrClosed", err)
	}
	for _, c := range clients {
		if got, err := io.ReadAll(c); string(got) != c.LocalAddr().String() {
			t.Errorf("%s was served %q, %v", c.LocalAddr(), got, err)
		}
	}
	if conn, err := net.Dial("tcp", listener.Addr().String()); err == nil {
		_ = conn.Close()
		t.Error("a client came in after the close")
	}
}

func TestLastCallHasAnEnd(t *testing.T) {
	listener, _ := queue(t, 1)
	listener.(*lastCall).end = time.Now()
	_ = listener.Close()
	if _, err := listener.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("past its end Accept returned %v, want net.ErrClosed", err)
	}
}
