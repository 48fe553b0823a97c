package server

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
)

// Local is a transport that hands requests to the handler in this process, with no network in between, so that Traffic
// can drive a Server that listens nowhere. Answers are held in memory whole.
func Local(h http.Handler) http.RoundTripper { return local{h} }

type local struct{ handler http.Handler }

func (l local) RoundTrip(r *http.Request) (answer *http.Response, err error) {
	served := r.Clone(r.Context())
	served.RequestURI = r.URL.RequestURI()
	if served.Host == "" {
		served.Host = r.URL.Host
	}
	if served.Body == nil {
		served.Body = http.NoBody
	}
	defer served.Body.Close()
	defer func() {
		if cause := recover(); cause != nil {
			answer, err = nil, fmt.Errorf("the handler broke off: %v", cause)
		}
	}()
	w := &page{header: http.Header{}}
	l.handler.ServeHTTP(w, served)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return w.response(r), nil
}

// page is an answer being written.
type page struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (p *page) Header() http.Header { return p.header }

func (p *page) WriteHeader(status int) {
	if p.status == 0 && status >= http.StatusOK {
		p.status = status
	}
}

func (p *page) Write(b []byte) (int, error) {
	p.WriteHeader(http.StatusOK)
	return p.body.Write(b)
}

func (p *page) response(r *http.Request) *http.Response {
	p.WriteHeader(http.StatusOK)
	return &http.Response{
		Status:        fmt.Sprintf("%d %s", p.status, http.StatusText(p.status)),
		StatusCode:    p.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        p.header,
		Body:          io.NopCloser(&p.body),
		ContentLength: int64(p.body.Len()),
		Request:       r,
	}
}
