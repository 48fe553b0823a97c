// Package web asks one server over HTTP, in the manner of every command that reads from one: the log-in goes to that
// server and to no other, a busy or failing server is asked again, an answer has a bounded size, and what is secret is
// known, so that nobody prints it. It knows no API.
package web

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"time"
)

// Server is where to ask, and how to log in there.
type Server struct {
	Address *url.URL // its scheme and host count
	User    *url.Userinfo
	Headers http.Header
	Secrets *Secrets      // gets what is sent
	Pause   time.Duration // before the second try; 0 is the usual one
	Most    int           // bytes of an answer; 0 is the usual number
}

const maxAnswer = 64 << 20 // bytes

// Client returns a client that follows no redirect. The credentials are not in the requests themselves, so that nothing
// else can pass them on.
func (s Server) Client(base http.RoundTripper) *http.Client {
	return &http.Client{
		Transport: retrying{carrier{base, s}, cmp.Or(s.Pause, firstPause)},
		CheckRedirect: func(next *http.Request, _ []*http.Request) error {
			return &Redirect{next.URL}
		},
	}
}

// Redirect is the answer of a server that sends elsewhere.
type Redirect struct{ To *url.URL }

func (r *Redirect) Error() string {
	return fmt.Sprintf("it redirects to %s: if that address is right, use it; nothing was sent there", r.To.Redacted())
}

// carrier adds the credentials, for the server only. It keeps secret what is sent: a token of OAuth2 is known no
// earlier.
type carrier struct {
	base   http.RoundTripper
	server Server
}

func (c carrier) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != c.server.Address.Scheme || r.URL.Host != c.server.Address.Host {
		return nil, fmt.Errorf("%s is another server: nothing was sent there", r.URL.Redacted())
	}
	ctx := r.Context()
	if c.server.Secrets != nil {
		ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaderField: func(name string, values []string) {
			for _, value := range values {
				c.server.Secrets.AddHeader(name, value)
			}
		}})
	}
	r = r.Clone(ctx)
	if user := c.server.User; user != nil {
		password, _ := user.Password()
		r.SetBasicAuth(user.Username(), password)
	}
	for name, values := range c.server.Headers {
		r.Header[name] = values
	}
	response, err := c.base.RoundTrip(r)
	if err == nil {
		most := cmp.Or(c.server.Most, maxAnswer)
		response.Body = &bounded{response.Body, most, most}
		if c.server.Secrets != nil {
			Redact(response, c.server.Secrets)
		}
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
