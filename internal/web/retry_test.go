package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// script answers with one status after the other, and then 200.
type script struct {
	statuses []int
	after    string // Retry-After of each
	body     string
	asked    int
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	if s.asked < len(s.statuses) {
		if s.after != "" {
			w.Header().Set("Retry-After", s.after)
		}
		w.WriteHeader(s.statuses[s.asked])
		w.WriteString(s.body)
	}
	s.asked++
	return w.Result(), nil
}

// TestRetries: which answers are asked for again, how often, and how long that takes.
func TestRetries(t *testing.T) {
	for name, test := range map[string]struct {
		script script
		limit  time.Duration
		status int
		asked  int
		took   time.Duration
	}{
		"well":                 {script{}, time.Minute, 200, 1, 0},
		"busy once":            {script{statuses: []int{503}}, time.Minute, 200, 2, time.Second},
		"longer each time":     {script{statuses: []int{429, 502, 503}}, time.Minute, 200, 4, 7 * time.Second},
		"never well":           {script{statuses: []int{504, 504, 504, 504, 504, 504}}, time.Minute, 504, 5, 15 * time.Second},
		"as the server says":   {script{statuses: []int{429}, after: "7"}, time.Minute, 200, 2, 7 * time.Second},
		"a date":               {script{statuses: []int{429}, after: "Sat, 01 Jan 2000 00:00:09 GMT"}, time.Minute, 200, 2, 9 * time.Second},
		"a date in the past":   {script{statuses: []int{429}, after: "Sat, 01 Jan 1999 00:00:00 GMT"}, time.Minute, 200, 2, time.Second},
		"nonsense":             {script{statuses: []int{429}, after: "soon"}, time.Minute, 200, 2, time.Second},
		"later than the limit": {script{statuses: []int{429}, after: "61"}, time.Minute, 429, 1, 0},
		"within the limit":     {script{statuses: []int{503, 503, 503}}, 4 * time.Second, 503, 3, 3 * time.Second},
		"failed once":          {script{statuses: []int{500}}, time.Minute, 200, 2, time.Second},
		"cannot":               {script{statuses: []int{501}}, time.Minute, 501, 1, 0},
		"a wrong question":     {script{statuses: []int{400}}, time.Minute, 400, 1, 0},
		"a query too slow":     {script{statuses: []int{503}, body: `{"status":"error","errorType":"timeout"}`}, time.Minute, 503, 1, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			started := time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), test.limit)
			defer cancel()
			request, err := http.NewRequestWithContext(ctx, "POST", "http://a", strings.NewReader("query=up"))
			if err != nil {
				t.Fatal(err)
			}
			response, err := retrying{&test.script, time.Second}.RoundTrip(request)
			if err != nil || response.StatusCode != test.status || test.script.asked != test.asked || time.Since(started) != test.took {
				t.Errorf("%s: %v, %v after %d tries and %v", name, err, response, test.script.asked, time.Since(started))
			}
		})
	}
}

// TestInterruptedRetry: an interrupt ends the wait.
func TestInterruptedRetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		request, err := http.NewRequestWithContext(ctx, "GET", "http://a", nil)
		if err != nil {
			t.Fatal(err)
		}
		started := time.Now()
		_, err = retrying{&script{statuses: []int{429}, after: "30"}, time.Second}.RoundTrip(request)
		if !errors.Is(err, context.Canceled) || time.Since(started) != time.Second {
			t.Errorf("%v after %v", err, time.Since(started))
		}
	})
}
