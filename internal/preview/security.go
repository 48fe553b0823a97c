package preview

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
)

// headers go with every answer. The page has only its own scripts and styles, asks only its own server, and stands in no
// other page. Pictures of panels are images, so that nothing in them can run.
var headers = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
		"font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "no-referrer",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cache-Control":                "no-store",
}

// longestQuery bounds the part of an address after its question mark, in bytes.
const longestQuery = 16 << 10

// Guard refuses what does not come from the page of a server that listens at an address: requests that are not reads, and
// those for another host, as a hostile page makes them whose name it lets point here. Other sites may not read answers.
func Guard(listening net.Addr, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		switch {
		case !isOwn(listening, r.Host):
			http.Error(w, "this server does not serve that host", http.StatusMisdirectedRequest)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "this server is only read", http.StatusMethodNotAllowed)
		case len(r.URL.RawQuery) > longestQuery:
			http.Error(w, "the address is too long", http.StatusRequestURITooLong)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// isOwn reports whether a Host header names the server. Beyond loopback that is any address, but no name: a name can be
// made to point here, an address cannot.
func isOwn(listening net.Addr, host string) bool {
	at, ok := listening.(*net.TCPAddr)
	if !ok {
		return false
	}
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, "80"
	}
	if want := at.AddrPort().Port(); port != formatPort(want) {
		return false
	}
	if slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, name) {
		return true
	}
	_, err = netip.ParseAddr(name)
	return err == nil && !at.IP.IsLoopback()
}
