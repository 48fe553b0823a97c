package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gaugewright/internal/source/sourcetest"
)

// TestUnanswered: a question without an answer does not end the work. A server that answers nothing any more is asked no
// more.
func TestUnanswered(t *testing.T) {
	stub, err := sourcetest.New()
	if err != nil {
		t.Fatal(err)
	}
	var status, asked atomic.Int32
	stub.Refuse = func(w http.ResponseWriter, r *http.Request) bool {
		asked.Add(1)
		isGone := status.Load() == -1 || status.Load() > 0 && !strings.Contains(r.FormValue("query"), "vector(1)")
		if isGone {
			http.Error(w, "try later", int(max(status.Load(), 503)))
		}
		return isGone
	}
	server := httptest.NewServer(stub)
	defer server.Close()
	p, err := opened(t.Context(), server.URL, Access{})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(n int) error {
		_, err := p.Instant(t.Context(), fmt.Sprintf("up + %d", n), time.Now())
		return err
	}
	var unanswered *Unanswered
	status.Store(503)
	for n := range 2 * maxInARow {
		if err := ask(n); !errors.As(err, &unanswered) || !strings.Contains(err.Error(), "try later") {
			t.Fatal(err)
		}
	}
	status.Store(0)
	if err := ask(0); err != nil {
		t.Errorf("the server is well again: %v", err)
	}
	status.Store(-1)
	for n := range maxInARow {
		if err := ask(n); !errors.As(err, &unanswered) {
			t.Fatal(err)
		}
	}
	before := asked.Load()
	if err := ask(0); !errors.As(err, &unanswered) || !strings.HasPrefix(err.Error(), "not asked, since the server no longer answers: ") {
		t.Error(err)
	}
	if asked.Load() != before {
		t.Error("a lost server was asked again")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p.health = health{}
	if _, err := p.Instant(ctx, "up", time.Now()); !errors.Is(err, context.Canceled) {
		t.Errorf("an interrupt is not a question without an answer: %v", err)
	}
}

// TestAgain: a server that was given up is asked anew.
func TestAgain(t *testing.T) {
	p := &Prometheus{}
	for range maxLost {
		p.health.unanswered("too busy", func() error { return nil })
	}
	if p.health.whyGivenUp() == "" {
		t.Fatal("it is not given up")
	}
	if p.Again(); p.health.whyGivenUp() != "" {
		t.Error("it is given up still")
	}
	for range maxLost - 1 {
		p.health.unanswered("too busy", func() error { return nil })
	}
	if why := p.health.whyGivenUp(); why != "" {
		t.Errorf("old questions count: %s", why)
	}
}
