package engine

import (
	"errors"
	"testing"
	"time"
)

// TestAllowance: of queries that read much, those after the allowance is spent are refused, and small ones are not.
func TestAllowance(t *testing.T) {
	e, err := New([]Series{{Labels: map[string]string{"__name__": "a"}, Samples: []Sample{{T: time.Unix(0, 0), V: 1}, {T: time.Unix(1e6, 0), V: 1}}}})
	if err != nil {
		t.Fatal(err)
	}
	ctx := WithAllowance(t.Context())
	const large, small = "sum_over_time(a[10d:10s])", "a"
	at, done := time.Unix(1e6, 0), 0
	if err := spend(ctx, maxAllowed-1e7); err != nil {
		t.Fatal(err)
	}
	for ; err == nil && done < 1000; done++ {
		_, err = e.Instant(ctx, large, at)
	}
	if !errors.As(err, new(*TooMuch)) || done < 2 {
		t.Errorf("after %d queries: %v", done, err)
	}
	if _, err := e.Instant(ctx, small, at); err != nil {
		t.Errorf("a small one: %v", err)
	}
	if _, err := e.Instant(WithAllowance(t.Context()), large, at); err != nil {
		t.Errorf("of another board: %v", err)
	}
}
