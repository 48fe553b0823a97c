package interrupt

import (
	"context"
	"os"
	"syscall"
	"testing"
	"time"
)

// send is what a person does with Ctrl-C.
func send(t *testing.T) {
	if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
		t.Error(err)
	}
}

// TestInterrupt: an interrupt ends the work, whether it notices or not, and a second one does so at once.
func TestInterrupt(t *testing.T) {
	forever := make(chan struct{})
	defer close(forever)
	for name, test := range map[string]struct {
		work  func(context.Context)
		grace time.Duration
	}{
		"it notices":    {func(ctx context.Context) { <-ctx.Done() }, time.Hour},
		"it never does": {func(context.Context) { <-forever }, time.Millisecond},
		"twice":         {func(ctx context.Context) { <-ctx.Done(); send(t); <-forever }, time.Hour},
	} {
		if got, err := do(test.grace, func(ctx context.Context) int {
			send(t)
			test.work(ctx)
			return 1
		}); err != Err || got != 0 {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// TestUninterrupted: what the work says is what it comes to.
func TestUninterrupted(t *testing.T) {
	if got, err := Do(func(context.Context) int { return 1 }); err != nil || got != 1 {
		t.Error(got, err)
	}
}
