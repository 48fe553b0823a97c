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
	const text = "a 1\n"
	folder := t.TempDir()
	file := filepath.Join(folder, "page.txt")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }))
	defer server.Close()
	for _, source := range []string{file, "-", server.URL} {
		page, err := Reader{}.Load(t.Context(), source, strings.NewReader(text))
		if err != nil || len(page.Families) != 1 {
			t.Errorf("%s: %v, %v", source, page, err)
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
		_, err := Reader{}.Load(t.Context(), test.source, strings.NewReader("<html>"))
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
	if _, err := (Reader{}).Load(ctx, "-", pipe); err == nil || !strings.Contains(err.Error(), "standard input: the page did not end") {
		t.Errorf("got %v", err)
	}
}
