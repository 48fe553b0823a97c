package engine

import (
	"context"
	"fmt"
	"sync"
)

// maxAllowed is how many samples the queries of a board, or of a rule file, may read together, where a series at a step
// counts as more: half a minute of work. The queries of a board of a large service read some hundred million.
const maxAllowed = 10_000_000_000

// WithAllowance returns a context for the queries of one board, of one rule file or the like: what they read together is
// bounded. A query for which too little is left is not evaluated; smaller ones still are.
func WithAllowance(ctx context.Context) context.Context {
	return context.WithValue(ctx, allowanceKey{}, &allowance{left: maxAllowed})
}

type allowanceKey struct{}

// allowance is what is left of the samples.
type allowance struct {
	mu   sync.Mutex
	left float64
}

// spend takes what a query reads from the allowance of its context, if there is one.
func spend(ctx context.Context, samples float64) error {
	a, ok := ctx.Value(allowanceKey{}).(*allowance)
	if !ok {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if samples > a.left {
		return &TooMuch{fmt.Sprintf("with it, the queries of the same board or file would read more than %d samples, their limit", int64(maxAllowed))}
	}
	a.left -= samples
	return nil
}
