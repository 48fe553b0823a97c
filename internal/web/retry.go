package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// A busy or failing server is asked again, each time after twice the pause.
const (
	maxTries   = 5
	firstPause = 250 * time.Millisecond
)

// retrying asks again where a server, or a proxy before it, is too busy now or fails: 429, 500, 502, 503, 504. It waits
// as long as the server says, else longer each time, but never past the request's deadline: then it returns the last
// response. The requests only read, so a second one does no harm.
type retrying struct {
	next  http.RoundTripper
	pause time.Duration
}

// Retries returns a transport that asks so, for what needs no log-in.
func Retries(next http.RoundTripper) http.RoundTripper { return retrying{next, firstPause} }

func (t retrying) RoundTrip(r *http.Request) (*http.Response, error) {
	pause := t.pause
	for try := 1; ; try++ {
		response, err := t.next.RoundTrip(r)
		if err != nil || try == maxTries || !isBusy(response) {
			return response, err
		}
		wait := max(pause, retryAfter(response, time.Now()))
		pause *= 2
		if deadline, ok := r.Context().Deadline(); ok && time.Until(deadline) < wait {
			return response, nil
		}
		if r.Body != nil && r.GetBody == nil {
			return response, nil
		}
		response.Body.Close()
		if err := sleep(r.Context(), wait); err != nil {
			return nil, err
		}
		r = r.Clone(r.Context())
		if r.GetBody != nil {
			if r.Body, err = r.GetBody(); err != nil {
				return nil, err
			}
		}
	}
}

// maxExcuse is how much of a 503 is read to see what it means.
const maxExcuse = 64 << 10

// isBusy reports whether another try may help. Prometheus also says 503 for a query that takes too long: that will do
// so again.
func isBusy(r *http.Response) bool {
	if !slices.Contains([]int{429, 500, 502, 503, 504}, r.StatusCode) {
		return false
	}
	text, _ := io.ReadAll(io.LimitReader(r.Body, maxExcuse)) // an error comes again where the rest is read
	rest := r.Body
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(text), rest), rest}
	return !bytes.Contains(text, []byte(`"errorType":"timeout"`))
}

// retryAfter returns how long the server asks to wait: seconds, or a date.
func retryAfter(r *http.Response, now time.Time) time.Duration {
	text := r.Header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if date, err := http.ParseTime(text); err == nil {
		return date.Sub(now)
	}
	return 0
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
