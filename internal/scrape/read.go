package scrape

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// Read reads a page whose HTTP Content-Type is known, or is empty, for instance of a file. The type decides between the
// formats if it is one of Prometheus's three; otherwise the page's own look does, and text is the fallback. A page that
// is compressed with gzip is uncompressed, whether or not a header said so.
//
// The families are sorted by name. Of two samples for one series at one time the first is kept, as Prometheus does.
// Errors say what is wrong with the page and where; the caller knows and adds which page it is.
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
		return nil, fmt.Errorf("%w; the server calls it %s, which is no format of metrics", err, quoted(contentType))
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
