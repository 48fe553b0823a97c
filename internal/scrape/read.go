package scrape

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// Page is what was read.
type Page struct {
	// Families are sorted by name.
	Families []Family
	// Remarks say, a sentence each, why Prometheus 3.16 at its defaults would not take this page as it is read here, and
	// what to do. There are none for a page that Prometheus takes.
	Remarks []string
}

// Reader reads pages. The zero Reader has the default limit and asks for a page as Prometheus 3.16 does by default.
type Reader struct {
	Client   *http.Client // nil: one that asks a busy or failing service again
	MaxBytes Size         // of a page, compressed and uncompressed; 0: DefaultMaxBytes
	// Native asks for protobuf first, as with scrape_native_histograms, since only protobuf has native histograms. Classic
	// samples of the same histogram are kept, as with always_scrape_classic_histograms: a board may use either.
	Native bool
}

// Read reads a page with the given HTTP Content-Type; for a file it is empty. If the type is one of Prometheus's
// three formats, it decides. Otherwise the page's content decides, and text is the fallback. A page compressed with
// gzip is uncompressed, with or without a header.
//
// Of two samples of one series at one time the first is kept, as in Prometheus. Errors say what is wrong with the page,
// where, and what to do; the caller adds which page it is.
func (r Reader) Read(page io.Reader, contentType string) (Page, error) {
	if contentType == "" {
		return r.read(page, nil)
	}
	return r.read(page, http.Header{"Content-Type": {contentType}})
}

// Read is Reader.Read with the zero Reader, without the remarks.
func Read(r io.Reader, contentType string) ([]Family, error) {
	page, err := Reader{}.Read(r, contentType)
	return page.Families, err
}

func (r Reader) limits() limits { return limits{bytes: cmp.Or(r.MaxBytes, DefaultMaxBytes)} }

// read reads an answer with the given header, or a file: then there is none.
func (r Reader) read(page io.Reader, header http.Header) (Page, error) {
	body, zipped, err := r.limits().body(page)
	if err != nil {
		return Page{}, err
	}
	if len(body) == 0 {
		return Page{Remarks: []string{"the page is empty: Prometheus stores only up for it; check its address"}}, nil
	}
	encoding := header.Get("Content-Encoding")
	if encoding == "gzip" && !zipped {
		return Page{}, errors.New("the server announces gzip and sends something else, which Prometheus refuses")
	}
	format := formatOf(header, body)
	families, remark, err := format.parse(body, r.limits())
	if err != nil {
		return Page{}, format.explain(err, body, encoding)
	}
	if len(families) == 0 {
		format.remark = "" // they are no metrics
	}
	remarks := []string{format.remark, remark}
	if header != nil && zipped && encoding != "gzip" {
		remarks = append(remarks, "Prometheus refuses this page: it is compressed, without the header Content-Encoding: gzip")
	}
	return Page{Families: families, Remarks: said(remarks)}, nil
}

func said(texts []string) []string {
	var all []string
	for _, text := range texts {
		if text != "" {
			all = append(all, text)
		}
	}
	return all
}

// body reads and uncompresses, both within the limit. It reports whether the page was compressed.
func (l limits) body(r io.Reader) (body []byte, zipped bool, err error) {
	raw := bufio.NewReader(l.reader(r))
	if !isGzip(raw.Peek(2)) {
		body, err = readAll(raw)
		return body, false, err
	}
	plain, err := gzip.NewReader(raw)
	if err != nil {
		return nil, true, fmt.Errorf("broken gzip: %w", cutOff(err))
	}
	body, err = readAll(l.reader(plain))
	if err != nil {
		return nil, true, fmt.Errorf("in gzip: %w", err)
	}
	if isGzip(body, nil) {
		return nil, true, errors.New("the page is compressed twice: let only one of the service and its proxy compress it")
	}
	return body, true, nil
}

func isGzip(begin []byte, _ error) bool { return bytes.HasPrefix(begin, []byte{0x1f, 0x8b}) }

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
