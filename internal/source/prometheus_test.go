package source

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// opened opens a server without waiting between two tries.
func opened(ctx context.Context, text string, access Access) (*Prometheus, error) {
	address, err := url.Parse(text)
	if err != nil {
		return nil, err
	}
	access.pause = time.Nanosecond
	return Open(ctx, address, access)
}

// TestNoPrometheus: a server that is not a Prometheus, or stops answering as one, gives a clear error.
func TestNoPrometheus(t *testing.T) {
	for want, handler := range map[string]http.HandlerFunc{
		"not a Prometheus API": func(w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte("<!DOCTYPE html><html>Sign in</html>"))
		},
		"server error: 503: try later": func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "try later", http.StatusServiceUnavailable)
		},
		"the answer has more than 1 MiB": func(w http.ResponseWriter, r *http.Request) {
			for page := make([]byte, 1<<20); r.Context().Err() == nil; {
				if _, err := w.Write(page); err != nil {
					return
				}
			}
		},
		"unexpected EOF": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			w.Write([]byte(`{"status"`))
		},
	} {
		server := httptest.NewServer(handler)
		_, err := opened(t.Context(), server.URL, Access{most: 1 << 20})
		server.Close()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want %s", err, want)
		}
	}
}

// TestHungPrometheus: it gives up on a server that does not answer.
func TestHungPrometheus(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // until it is read, the server does not notice that the client is gone
		<-r.Context().Done()
	}))
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := opened(ctx, server.URL, Access{}); err == nil || !strings.Contains(err.Error(), "no answer") {
		t.Error(err)
	}
}
