package server

import (
	"errors"
	"net"
	"os"
	"syscall"
	"time"
)

// lastCallTime bounds how long a closing listener takes in clients: under a flood its queue might never be empty.
const lastCallTime = 100 * time.Millisecond

// patient makes a listener's Close take in those who wait already. The kernel tells clients that they are connected
// while they wait in the listener's queue; when that is closed it resets them, with the requests that they have sent.
// On a busy machine there is mostly somebody waiting. Only for a listener on which Accept is being called.
func patient(listener net.Listener) net.Listener {
	if tcp, ok := listener.(*net.TCPListener); ok {
		return &lastCall{TCPListener: tcp}
	}
	return listener
}

// lastCall is a listener that closes when its queue is empty.
type lastCall struct {
	*net.TCPListener
	end time.Time // of the last call; only Accept looks at it
}

// Close wakes Accept, which goes on from there.
func (l *lastCall) Close() error { return l.SetDeadline(time.Unix(1, 0)) }

func (l *lastCall) Accept() (net.Conn, error) {
	conn, err := l.TCPListener.Accept()
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		return conn, err
	}
	if l.end.IsZero() {
		l.end = time.Now().Add(lastCallTime)
	}
	if time.Now().Before(l.end) {
		if conn, err := l.waiting(); err == nil {
			return conn, nil
		}
	}
	_ = l.TCPListener.Close() // With nothing between it and the look at the queue.
	return nil, net.ErrClosed
}

// waiting takes the first connection from the queue, or fails when there is none. net has no way to ask for this.
func (l *lastCall) waiting() (net.Conn, error) {
	raw, err := l.SyscallConn()
	if err != nil {
		return nil, err
	}
	var fd int
	var acceptErr error
	if err := raw.Control(func(listener uintptr) {
		fd, _, acceptErr = syscall.Accept4(int(listener), syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC)
	}); err != nil {
		return nil, err
	}
	if acceptErr != nil {
		return nil, acceptErr
	}
	file := os.NewFile(uintptr(fd), "")
	defer file.Close() // FileConn has its own copy.
	return net.FileConn(file)
}
