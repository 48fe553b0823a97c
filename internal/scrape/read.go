package scrape

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// Read reads a page with the given HTTP Content-Type; for a file it is empty. If the type is one of Prometheus's
// three formats, it decides. Otherwise the page's content decides, and text is the fallback. A page compressed with
// gzip is uncompressed, with or without a header.
//
// The families are sorted by name. Of two samples of one series at one time the first is kept, as in Prometheus.
// Errors say what is wrong with the page and where; the caller adds which page it is.
func Read(r io.Reader, contentType string) ([]Family, error) {
	body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	format, err := formatOf(contentType, body)
	if err != nil {
		return nil, err
	}
	families, err := format.parse(body)
	if err != nil && format.guessed && contentType != "" {
		return nil, fmt.Errorf("%w; the server calls it %s, which is not a metrics format", err, quoted(contentType))
	}
	return families, err
}

// readBody reads and uncompresses, both within MaxBytes.
func readBody(r io.Reader) ([]byte, error) {
	raw := bufio.NewReader(&limitedReader{r: r, left: MaxBytes})
	magic, _ := raw.Peek(2)
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return readAll(raw)
	}
	plain, err := gzip.NewReader(raw)
	if err != nil {
		return nil, fmt.Errorf("broken gzip: %w", cutOff(err))
	}
	body, err := readAll(&limitedReader{r: plain, left: MaxBytes})
	if err != nil {
		return nil, fmt.Errorf("in gzip: %w", err)
	}
	return body, nil
}

func readAll(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(r)
	return body, cutOff(err)
}

func cutOff(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errCutOff
	}
	return err
}
