// Package interrupt ends the work of a command within a second of an interrupt, such as Ctrl-C. It says nothing itself,
// and does not end the process: the command does, with its message and exit code.
package interrupt

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"time"
)

// Err is what an interrupted command says.
var Err = errors.New("interrupted")

// grace is how long the work may take to end after an interrupt. Some steps do not look,
// such as parsing a large page, or writing to a pipe that nobody reads.
const grace = 200 * time.Millisecond

// Do does the work until it is done, or an interrupt ends it, within the grace; a second one ends it at once. What an
// interrupted work comes to is lost.
func Do[T any](work func(context.Context) T) (T, error) { return do(grace, work) }

func do[T any](grace time.Duration, work func(context.Context) T) (result T, err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	interrupts := make(chan os.Signal, 2)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	ended := make(chan T, 1)
	go func() { ended <- work(ctx) }()
	select {
	case result = <-ended:
		return result, nil
	case <-interrupts:
		cancel()
	}
	select {
	case <-ended:
	case <-interrupts:
	case <-time.After(grace):
	}
	return result, Err
}
