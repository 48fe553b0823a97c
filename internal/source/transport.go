package source

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"os"

	"github.com/prometheus/common/config"
)

// transport logs in to the server at the address. The credentials are not in the request itself, so that nothing else
// can pass them on.
func (a Access) transport(ctx context.Context, address *url.URL) (http.RoundTripper, error) {
	base, err := a.base(ctx)
	if err != nil {
		return nil, err
	}
	return retrying{carrier{base, address, a}, cmp.Or(a.pause, firstPause)}, nil
}

// base returns the transport below the headers.
func (a Access) base(ctx context.Context) (http.RoundTripper, error) {
	if a.config != nil {
		base, err := config.NewRoundTripperFromConfigWithContext(ctx, *a.config, "verify")
		if err != nil {
			return nil, fmt.Errorf("-http-config %s: %w", a.ConfigFile, err)
		}
		return base, nil
	}
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.ResponseHeaderTimeout = questionTime
	if a.CAFile != "" {
		certificates, err := os.ReadFile(a.CAFile)
		if err != nil {
			return nil, fmt.Errorf("-ca-file: %w", err)
		}
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(certificates) {
			return nil, fmt.Errorf("-ca-file %s: no certificate found in it", a.CAFile)
		}
		base.TLSClientConfig = &tls.Config{RootCAs: pool}
	}
	return base, nil
}

// carrier adds the credentials, for the server only. It keeps secret what is sent: a token of OAuth2 is known no
// earlier.
type carrier struct {
	base    http.RoundTripper
	address *url.URL
	access  Access
}

func (c carrier) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != c.address.Scheme || r.URL.Host != c.address.Host {
		return nil, fmt.Errorf("%s is another server: nothing was sent there", r.URL.Redacted())
	}
	ctx := r.Context()
	if c.access.secrets != nil {
		ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaderField: func(name string, values []string) {
			for _, value := range values {
				c.access.secrets.addHeader(name, value)
			}
		}})
	}
	r = r.Clone(ctx)
	if user := c.access.User; user != nil {
		password, _ := user.Password()
		r.SetBasicAuth(user.Username(), password)
	}
	for name, values := range c.access.headers {
		r.Header[name] = values
	}
	response, err := c.base.RoundTrip(r)
	if err == nil {
		most := cmp.Or(c.access.most, maxAnswer)
		response.Body = &bounded{response.Body, most, most}
	}
	return response, err
}

// bounded is a response body that returns an error when it is too long.
type bounded struct {
	io.ReadCloser
	left, most int
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= n; b.left < 0 {
		return n, fmt.Errorf("the answer has more than %d MiB", b.most>>20)
	}
	return n, err
}
