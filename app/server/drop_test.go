package server

import (
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestStopUnderLoadDropsNoRequest: when the server stops under load, every request that reached a handler gets its
// whole answer. Two kinds of requests are excluded, since net/http promises nothing for them: a request on its way to
// an idle connection, which clients send again, and a request that the kernel has and the server has not accepted.
func TestStopUnderLoadDropsNoRequest(t *testing.T) {
	s, registry := start(t, Options{Seed: 1})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stop := serving(t, s, listener)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	var answered atomic.Int64
	busy := make(chan struct{})
	var clients sync.WaitGroup
	for range 12 {
		clients.Go(func() {
			for whole(client, "http://"+listener.Addr().String()+"/products/3") {
				if answered.Add(1) == 100 {
					close(busy)
				}
			}
		})
	}
	select {
	case <-busy:
	case <-time.After(time.Minute):
		t.Fatal("100 requests are not answered in a minute")
	}
	before := answered.Load()
	if err := stop(); err != nil {
		t.Errorf("stopping: %v", err)
	}
	clients.Wait()
	counted := sum(t, registry, "api_http_request_total")
	t.Logf("%d requests answered, %d of them after the stop", answered.Load(), answered.Load()-before)
	if int64(counted) != answered.Load() {
		t.Errorf("%v requests reached the server, %d were answered", counted, answered.Load())
	}
}

// whole reports whether a request gets its whole answer.
func whole(client *http.Client, url string) bool {
	answer, err := client.Get(url)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return err == nil
}
