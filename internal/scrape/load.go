package scrape

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// Load reads the page that a person names on a command line: a URL that begins with http:// or https://, "-" for
// standard input, anything else as a file. Its errors name the source. It returns within MaxTime. If nobody writes to
// a pipe, the goroutine that reads it stays behind.
func Load(ctx context.Context, source string, stdin io.Reader) ([]Family, error) {
	if strings.HasPrefix(source, "http://") || strings.HasPrefix(source, "https://") {
		return Fetch(ctx, nil, source)
	}
	name, read := source, func() ([]Family, error) { return readFile(source) }
	if source == "-" {
		name, read = "standard input", func() ([]Family, error) { return Read(stdin, "") }
	}
	families, err := withinTime(ctx, read)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return families, nil
}

func readFile(path string) ([]Family, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("no such file; a URL begins with http:// or https://")
	}
	if err == nil {
		defer file.Close()
		var families []Family
		if families, err = Read(file, ""); err == nil {
			return families, nil
		}
	}
	var wrapped *fs.PathError // repeats the path
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return nil, err
}

// withinTime returns the result of read, or an error if it takes longer than MaxTime.
func withinTime(ctx context.Context, read func() ([]Family, error)) ([]Family, error) {
	ctx, cancel := context.WithTimeout(ctx, MaxTime)
	defer cancel()
	type result struct {
		families []Family
		err      error
	}
	done := make(chan result, 1)
	go func() {
		families, err := read()
		done <- result{families, err}
	}()
	select {
	case r := <-done:
		return r.families, r.err
	case <-ctx.Done():
		return nil, fmt.Errorf("the page did not end within %s", MaxTime)
	}
}
