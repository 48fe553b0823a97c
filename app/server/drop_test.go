package server

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"net"
	"sync"
	"testing"
	"time"
)

// guestbook is a listener that remembers whom it let in.
type guestbook struct {
	net.Listener
	guests sync.Map // remote address -> true
}

func (g *guestbook) Accept() (net.Conn, error) {
	c, err := g.Listener.Accept()
	if err == nil {
		g.guests.Store(c.RemoteAddr().String(), true)
	}
	return c, err
}

// crowd are clients that never stop by themselves.
type crowd struct {
	book *guestbook

	mu       sync.Mutex
	answered int
	late     int // answered after they were told to leave: the stop came under load
	reset    int // never accepted
	dropped  []error
}

// client sends one request after another until it is refused, on one connection for as long as the server keeps it, or
// on a new one each time. It does not try again, as net/http's own client would: that hides what is dropped.
func (c *crowd) client(random *rand.Rand, keep bool) {
	for {
		conn, err := net.Dial("tcp", c.book.Addr().String())
		if err != nil {
			return // Refused: no new clients after the stop.
		}
		if !c.talk(conn, random, keep) {
			return
		}
	}
}

// talk reports whether the server ended the connection properly, or the client did.
func (c *crowd) talk(conn net.Conn, random *rand.Rand, keep bool) bool {
	defer conn.Close()
	from := bufio.NewReader(conn)
	for {
		_, err := fmt.Fprint(conn, get)
		if err == nil {
			answer, readErr := read(from)
			if err = readErr; err == nil {
				c.count(answer.Close)
				if answer.Close || !keep {
					return true
				}
			}
		}
		if err != nil {
			// A connection that waited in the kernel's queue when the listener was closed has never reached the server.
			_, accepted := c.book.guests.Load(conn.LocalAddr().String())
			c.fail(err, accepted)
			return false
		}
		if random.IntN(4) == 0 {
			time.Sleep(time.Duration(random.IntN(20)) * time.Millisecond) // Some think before they go on.
		}
	}
}

func (c *crowd) count(toldToLeave bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answered++
	if toldToLeave {
		c.late++
	}
}

func (c *crowd) fail(err error, accepted bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if accepted {
		c.dropped = append(c.dropped, err)
	} else {
		c.reset++
	}
}

// Stopped under load, every request that was sent on an accepted connection gets its whole answer, eight times over.
func TestStopUnderLoadDropsNoRequest(t *testing.T) {
	for round := range 8 {
		t.Run(fmt.Sprintf("round %d", round), func(t *testing.T) {
			t.Parallel()
			s, registry := start(t, Options{Seed: uint64(round)})
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			c := &crowd{book: &guestbook{Listener: patient(listener)}}
			stop := serving(t, s, c.book)
			var clients sync.WaitGroup
			for i := range 12 {
				clients.Go(func() { c.client(rand.New(rand.NewPCG(uint64(round), uint64(i))), i%3 > 0) })
			}
			for range 1000 {
				if time.Sleep(5 * time.Millisecond); sum(t, registry, "api_http_request_total") > 100 {
					break
				}
			}
			if err := stop(); err != nil {
				t.Errorf("stopping: %v", err)
			}
			clients.Wait()
			counted := sum(t, registry, "api_http_request_total")
			t.Logf("%v requests, %d answered, %d of them after the stop, %d dropped; %d clients reset in the kernel's queue",
				counted, c.answered, c.late, len(c.dropped), c.reset)
			if len(c.dropped) > 0 || int(counted) != c.answered {
				t.Errorf("%v requests reached the server, %d were answered; dropped: %v", counted, c.answered, c.dropped)
			}
			if c.late == 0 {
				t.Error("no request was answered after the stop: there was no load")
			}
		})
	}
}
