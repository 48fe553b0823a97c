package main

import (
	"context"
	"os"
	"syscall"
	"testing"
	"time"
)

// TestInterrupt: an interrupt ends verify within a second, whether the work notices or not.
func TestInterrupt(t *testing.T) {
	forever := make(chan struct{})
	defer close(forever)
	for name, work := range map[string]func(context.Context){
		"it notices":      func(ctx context.Context) { <-ctx.Done() },
		"it notices late": func(ctx context.Context) { <-ctx.Done(); time.Sleep(grace / 2) },
		"it never does":   func(context.Context) { <-forever },
	} {
		started := time.Now()
		said := interruptible(func(ctx context.Context) *outcome {
			if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
				t.Error(err)
			}
			work(ctx)
			return &outcome{isDead: true}
		})
		if took := time.Since(started); took > time.Second || said.err == nil || said.err.Error() != "interrupted" {
			t.Errorf("%s: %v after %v", name, said.err, took)
		}
	}
}

// TestUninterrupted: what the work says is what it comes to.
func TestUninterrupted(t *testing.T) {
	if said := interruptible(func(context.Context) *outcome { return &outcome{isDead: true} }); said.err != nil || !said.isDead {
		t.Error(said)
	}
}
