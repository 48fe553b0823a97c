package scrape

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestFetch(t *testing.T) {
	mux := http.NewServeMux()
	answer := func(path, contentType, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			fmt.Fprint(w, body)
		})
	}
	answer("/metrics", "text/plain; version=0.0.4", "a 1\n")
	answer("/", "text/html", "<html>Hello</html>")
	answer("/ui/metrics", "text/html", "<html>Hello</html>")
	answer("/json", "application/json", `{"status": "ok"}`)
	mux.HandleFunc("/gzip", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", r.Header.Get("Accept-Encoding"))
		w.Write(compressed(t, strings.NewReader("a 1\n")))
	})
	mux.HandleFunc("/gzip-no-header", func(w http.ResponseWriter, _ *http.Request) {
		w.Write(compressed(t, strings.NewReader("a 1\n")))
	})
	mux.HandleFunc("/brotli", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		fmt.Fprint(w, "\x0b\x02\x80a 1\n\x03")
	})
	mux.HandleFunc("/missing", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "no such\x1b[31m page\nsecond line", http.StatusNotFound)
	})
	mux.HandleFunc("/cut", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, "a 1\n")
	})
	mux.HandleFunc("/moved/{left}", func(w http.ResponseWriter, r *http.Request) {
		next := map[string]string{"3": "/moved/2", "2": "/moved/1", "1": "/metrics"}[r.PathValue("left")]
		http.Redirect(w, r, next, http.StatusFound)
	})
	mux.Handle("/loop", http.RedirectHandler("/loop", http.StatusFound))
	server := httptest.NewServer(mux)
	defer server.Close()

	const page = "unknown \"a\" help \"\"\n\ta{} 1\n"
	tests := []struct{ path, want string }{
		{"/metrics", page},
		{"/gzip", page},
		{"/gzip-no-header", page},
		{"/moved/3", page},
		{"/loop", "error: URL/loop: stopped after 10 redirects\n"},
		{"/missing", "error: URL/missing: the server answered 404 Not Found: \"no such\\x1b[31m page\"; check the path: metrics are often at /metrics (Spring Boot: /actuator/prometheus)\n"},
		{"/", "error: URL/: this is a web page, not metrics; did you mean URL/metrics?\n"},
		{"/ui/metrics", "error: URL/ui/metrics: this is a web page, not metrics\n"},
		{"/brotli", "error: URL/brotli: the page is encoded as \"br\"; Prometheus asks only for gzip\n"},
		{"/cut", "error: URL/cut: the page is cut off: it ends before its announced end\n"},
	}
	for _, test := range tests {
		got := outcome(Fetch(t.Context(), server.Client(), server.URL+test.path))
		if got = strings.ReplaceAll(got, server.URL, "URL"); got != test.want {
			t.Errorf("%s: got %s want %s", test.path, got, test.want)
		}
	}
}

// TestFetchAsksAgain: one answer of a busy service does not lose the page.
func TestFetchAsksAgain(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked++; asked == 1 {
			http.Error(w, "later", http.StatusTooManyRequests)
			return
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		fmt.Fprint(w, "a 1\n")
	}))
	defer server.Close()
	if families, err := Fetch(t.Context(), nil, server.URL); err != nil || len(families) != 1 || asked != 2 {
		t.Errorf("asked %d times: %v, %v", asked, families, err)
	}
}

// TestFetchAsks: the request headers are Prometheus's, so that a service returns the page that Prometheus gets.
func TestFetchAsks(t *testing.T) {
	var got http.Header
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.Header }))
	defer server.Close()
	if _, err := Fetch(t.Context(), nil, server.URL); err != nil {
		t.Fatal(err)
	}
	if accept := got.Get("Accept"); !strings.HasPrefix(accept, "application/openmetrics-text;version=1.0.0") {
		t.Errorf("Accept: %s", accept)
	}
	if agent := got.Get("User-Agent"); agent != "gaugewright" {
		t.Errorf("User-Agent: %s", agent)
	}
	if _, err := fetchNative(t.Context(), nil, server.URL); err != nil {
		t.Fatal(err)
	}
	if accept := got.Get("Accept"); !strings.HasPrefix(accept, "application/vnd.google.protobuf") {
		t.Errorf("Accept: %s", accept)
	}
}

func TestFetchEndlessPages(t *testing.T) {
	release := make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("/fast", func(w http.ResponseWriter, r *http.Request) {
		for line := []byte(strings.Repeat("a 1\n", 1<<14)); r.Context().Err() == nil; {
			if _, err := w.Write(line); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/hanging", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "a 1\n")
		w.(http.Flusher).Flush()
		<-release
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	defer close(release)

	_, err := Fetch(t.Context(), nil, server.URL+"/fast")
	if err == nil || !strings.Contains(err.Error(), "more than 64MiB") {
		t.Errorf("fast: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = Fetch(ctx, nil, server.URL+"/hanging")
	if err == nil || !strings.Contains(err.Error(), "the page did not end within") {
		t.Errorf("hanging: %v", err)
	}
}

func TestFetchErrors(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	closed := server.URL
	server.Close()
	tests := []struct{ url, want string }{
		{closed, "connection refused"},
		{strings.Replace(closed, "http://", "http://user:secret@", 1), "http://user:xxxxx@"},
		{"http://[::1", "bad URL"},
		{"http://user:secret@[::1", "bad URL"},
		{"ftp://host/metrics", "unsupported protocol scheme"},
	}
	for _, test := range tests {
		_, err := Fetch(t.Context(), nil, test.url)
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: got %v, want %s", test.url, err, test.want)
		}
	}
}
