package source

import (
	"fmt"
	"sync"
)

// A server that no longer answers would cost the limit of time for each of the many questions.
const (
	maxInARow = 3  // questions without an answer, before the server is asked what it can answer at once
	maxLost   = 20 // questions without an answer in all
)

// health is how well a server answers.
type health struct {
	mu          sync.Mutex
	inARow, all int
	reason      string // why the server is not asked any more; else empty
}

// whyGivenUp returns why the server is not asked any more, or an empty text.
func (h *health) whyGivenUp() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.reason
}

func (h *health) answered() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.inARow = 0
}

// unanswered counts a question without an answer. Where there are too many, the server is given up. While it is greeted,
// the other questions wait: each of them could cost the limit of time.
func (h *health) unanswered(reason string, greet func() error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.inARow++
	h.all++
	switch {
	case h.reason != "":
	case h.all >= maxLost:
		h.reason = fmt.Sprintf("not asked after %d questions without an answer: %s", h.all, reason)
	case h.inARow >= maxInARow:
		if err := greet(); err != nil {
			h.reason = fmt.Sprintf("not asked, since the server no longer answers: %v", err)
		}
		h.inARow = 0
	}
}

// Again makes a server be asked anew that was given up. It is for a caller that goes on for hours, before each round of
// questions.
func (p *Prometheus) Again() {
	p.health.mu.Lock()
	defer p.health.mu.Unlock()
	p.health.inARow, p.health.all, p.health.reason = 0, 0, ""
}
