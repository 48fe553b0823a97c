package scrape

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLoad(t *testing.T) {
	const page = "a 1\n"
	folder := t.TempDir()
	file := filepath.Join(folder, "page.txt")
	if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, page) }))
	defer server.Close()
	for _, source := range []string{file, "-", server.URL} {
		families, err := Load(t.Context(), source, strings.NewReader(page))
		if err != nil || len(families) != 1 {
			t.Errorf("%s: %v, %v", source, families, err)
		}
	}
	tests := []struct{ source, want string }{
		{folder, folder + ": is a directory"},
		{file + "x", file + "x: no such file; a URL begins with http:// or https://"},
		{"localhost:8000/metrics", "localhost:8000/metrics: no such file; a URL begins with"},
		{"-", "standard input: this is a web page"},
		{server.URL + "\n", "bad URL"},
	}
	for _, test := range tests {
		_, err := Load(t.Context(), test.source, strings.NewReader("<html>"))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", test.source, err, test.want)
		}
	}
}

// TestLoadGivesUp: nobody ever writes into the pipe.
func TestLoadGivesUp(t *testing.T) {
	pipe, writer := io.Pipe()
	defer writer.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := Load(ctx, "-", pipe); err == nil || !strings.Contains(err.Error(), "standard input: the page did not end") {
		t.Errorf("got %v", err)
	}
}
