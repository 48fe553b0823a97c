package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"time"
)

// grace is how long the work may take to end after an interrupt. Some steps do not look: parsing a large page is one.
const grace = 500 * time.Millisecond

// interruptible does the work until it is done, or an interrupt ends it.
func interruptible(work func(context.Context) *outcome) *outcome {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ended := make(chan *outcome, 1)
	go func() { ended <- work(ctx) }()
	select {
	case said := <-ended:
		return said
	case <-ctx.Done():
	}
	select {
	case <-ended:
	case <-time.After(grace):
	}
	return &outcome{err: errors.New("interrupted")}
}
