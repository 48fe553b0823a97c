package scrape

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"
)

// Load reads the page that a person names on a command line: a URL that begins with http:// or https://, "-" for
// standard input, anything else as a file. Its errors name the source. It returns within the times to get a
// page and to parse it. If nobody writes to a pipe, the goroutine that reads it stays behind.
func (r Reader) Load(ctx context.Context, source string, stdin io.Reader) (Page, error) {
	if strings.HasPrefix(source, "http://") || strings.HasPrefix(source, "https://") {
		return r.Fetch(ctx, source)
	}
	name, read := source, func() (Page, error) { return r.readFile(source) }
	if source == "-" {
		name, read = "standard input", func() (Page, error) { return r.Read(stdin, "") }
	}
	page, err := withinTime(ctx, maxTime+r.limits().time(), read)
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", name, err)
	}
	return page, nil
}

func (r Reader) readFile(path string) (Page, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Page{}, errors.New("no such file; a URL begins with http:// or https://")
	}
	if err == nil {
		defer file.Close()
		var page Page
		if page, err = r.Read(file, ""); err == nil {
			return page, nil
		}
	}
	var wrapped *fs.PathError // repeats the path
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return Page{}, err
}

// withinTime returns the result of read, or an error if it takes longer.
func withinTime(ctx context.Context, limit time.Duration, read func() (Page, error)) (Page, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	type result struct {
		page Page
		err  error
	}
	done := make(chan result, 1)
	go func() {
		page, err := read()
		done <- result{page, err}
	}()
	select {
	case r := <-done:
		return r.page, r.err
	case <-ctx.Done():
		return Page{}, fmt.Errorf("the page did not end within %s", limit)
	}
}
