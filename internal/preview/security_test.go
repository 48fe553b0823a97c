package preview

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestGuard: only reads, only from the server's own page, and nothing for other sites.
func TestGuard(t *testing.T) {
	loopback, everywhere := net.IPv4(127, 0, 0, 1), net.IPv4zero
	for _, test := range []struct {
		at           net.IP
		method, host string
		want         int
	}{
		{loopback, "GET", "127.0.0.1:8080", 200},
		{loopback, "HEAD", "localhost:8080", 200},
		{loopback, "GET", "[::1]:8080", 200},
		{loopback, "POST", "127.0.0.1:8080", 405},
		{loopback, "PUT", "127.0.0.1:8080", 405},
		{loopback, "DELETE", "127.0.0.1:8080", 405},
		{loopback, "OPTIONS", "127.0.0.1:8080", 405},
		{loopback, "GET", "evil.example:8080", 421},
		{loopback, "GET", "127.0.0.1.evil.example:8080", 421},
		{loopback, "GET", "127.0.0.1:9090", 421},
		{loopback, "GET", "127.0.0.1", 421},
		{loopback, "GET", "192.0.2.7:8080", 421},
		{loopback, "GET", "", 421},
		{loopback, "POST", "evil.example:8080", 421},
		{everywhere, "GET", "192.0.2.7:8080", 200},
		{everywhere, "GET", "[2001:db8::1]:8080", 200},
		{everywhere, "GET", "localhost:8080", 200},
		{everywhere, "GET", "evil.example:8080", 421}, // a name can be made to point here
	} {
		request := httptest.NewRequest(test.method, "/", nil)
		request.Host = test.host
		answer := httptest.NewRecorder()
		Guard(&net.TCPAddr{IP: test.at, Port: 8080}, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})).ServeHTTP(answer, request)
		if answer.Code != test.want {
			t.Errorf("%s %s at %s: %d, want %d", test.method, test.host, test.at, answer.Code, test.want)
		}
		header := answer.Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';",
			"X-Content-Type-Options":  "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if !strings.HasPrefix(header.Get(name), want) {
				t.Errorf("%s: %q", name, header.Get(name))
			}
		}
		if strings.Contains(header.Get("Content-Security-Policy"), "unsafe") || header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("the answer may be used elsewhere: %v", header)
		}
	}
}

// TestNoTCP: where it is not known what is listened at, nothing is answered.
func TestNoTCP(t *testing.T) {
	if isOwn(&net.UnixAddr{Name: "/run/x"}, "localhost") {
		t.Error("a socket has a host")
	}
}
