package source

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
)

// An answer is decoded as a whole, which takes up to twenty times its bytes: most by its objects and their fields.
const (
	maxFields = 2 << 20  // objects and fields of an answer: a series has two objects, and a field for each label
	maxAtOnce = 16 << 20 // bytes; of larger answers only one is read and decoded at a time
)

// turn lets one question at a time have a large answer.
type turn struct {
	one chan struct{} // of all questions; full while one has the turn

	mu            sync.Mutex
	isOur, isOver bool
}

type turnKey struct{}

// inTurn asks a question. If its answer is large, the others with such an answer wait until it is decoded.
func (p *Prometheus) inTurn(ctx context.Context, question func(context.Context) error) error {
	t := &turn{one: p.large}
	defer t.end()
	return question(context.WithValue(ctx, turnKey{}, t))
}

// wait waits for the turn. A question that is over gets none, though its answer may still be read.
func (t *turn) wait(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.isOver:
		return context.Canceled
	case t.isOur:
		return nil
	}
	select {
	case t.one <- struct{}{}:
		t.isOur = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// end lets others have large answers.
func (t *turn) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.isOver = true; t.isOur {
		<-t.one
	}
}

// counting is a transport whose answers are bounded in what decoding them takes.
type counting struct{ base http.RoundTripper }

func (c counting) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := c.base.RoundTrip(r)
	if err == nil {
		t, _ := r.Context().Value(turnKey{}).(*turn)
		response.Body = &counted{ReadCloser: response.Body, ctx: r.Context(), turn: t}
	}
	return response, err
}

// counted is an answer in JSON that returns an error when it has too many objects and fields.
type counted struct {
	io.ReadCloser
	ctx           context.Context
	turn          *turn
	bytes, fields int
	isText        bool // within quotes
	isEscaped     bool // after a backslash
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	for _, b := range p[:n] {
		c.see(b)
	}
	if c.bytes += n; c.bytes > maxAtOnce && c.turn != nil {
		if late := c.turn.wait(c.ctx); late != nil {
			return n, late
		}
	}
	if c.fields > maxFields {
		return n, fmt.Errorf("the answer has more than %d objects and fields, the limit", maxFields)
	}
	return n, err
}

func (c *counted) see(b byte) {
	switch {
	case c.isEscaped:
		c.isEscaped = false
	case c.isText && b == '\\':
		c.isEscaped = true
	case b == '"':
		c.isText = !c.isText
	case !c.isText && (b == '{' || b == ':'):
		c.fields++
	}
}
