package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"time"
)

// grace is how long the work may take to end after an interrupt. Some steps do not look,
// such as parsing a large page, or writing to a pipe that nobody reads.
const grace = 200 * time.Millisecond

// interruptible does the work until it is done, or an interrupt ends it, within the grace; a second one ends it at once.
func interruptible(grace time.Duration, work func(context.Context) *outcome) *outcome {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	interrupts := make(chan os.Signal, 2)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	ended := make(chan *outcome, 1)
	go func() { ended <- work(ctx) }()
	select {
	case said := <-ended:
		return said
	case <-interrupts:
		cancel()
	}
	select {
	case <-ended:
	case <-interrupts:
	case <-time.After(grace):
	}
	return &outcome{err: errors.New("interrupted")}
}
