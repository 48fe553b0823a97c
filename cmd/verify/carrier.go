package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
)

// transport adds the credentials. They are not in the request itself, so that nothing else can pass them on.
func (a access) transport(address *url.URL) (http.RoundTripper, error) {
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.ResponseHeaderTimeout = questionTime
	if a.caFile != "" {
		certificates, err := os.ReadFile(a.caFile)
		if err != nil {
			return nil, fmt.Errorf("-ca-file: %w", err)
		}
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(certificates) {
			return nil, fmt.Errorf("-ca-file %s: no certificate found in it", a.caFile)
		}
		base.TLSClientConfig = &tls.Config{RootCAs: pool}
	}
	return carrier{base, address, a}, nil
}

type carrier struct {
	base    http.RoundTripper
	address *url.URL
	access  access
}

func (c carrier) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme == c.address.Scheme && r.URL.Host == c.address.Host {
		r = r.Clone(r.Context())
		if c.access.user != nil {
			password, _ := c.access.user.Password()
			r.SetBasicAuth(c.access.user.Username(), password)
		}
		for name, values := range c.access.headers {
			r.Header[name] = values
		}
	}
	response, err := c.base.RoundTrip(r)
	if err == nil {
		response.Body = &bounded{response.Body, maxAnswer}
	}
	return response, err
}

// bounded is a response body that returns an error when it is too long.
type bounded struct {
	io.ReadCloser
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= n; b.left < 0 {
		return n, fmt.Errorf("the answer has more than %d MiB", maxAnswer>>20)
	}
	return n, err
}
