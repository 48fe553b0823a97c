package verify

import "sync"

// cache keeps answers by question. If several goroutines have the same question, one asks and the others wait.
type cache[T any] struct {
	mu      sync.Mutex
	answers map[string]*remembered[T]
}

type remembered[T any] struct {
	once  sync.Once
	value T
	err   error
}

func (c *cache[T]) get(question string, ask func() (T, error)) (T, error) {
	c.mu.Lock()
	if c.answers == nil {
		c.answers = map[string]*remembered[T]{}
	}
	r := c.answers[question]
	if r == nil {
		r = &remembered[T]{}
		c.answers[question] = r
	}
	c.mu.Unlock()
	r.once.Do(func() { r.value, r.err = ask() })
	return r.value, r.err
}

// all returns the answers so far, without errors.
func (c *cache[T]) all() []T {
	c.mu.Lock()
	defer c.mu.Unlock()
	var values []T
	for _, r := range c.answers {
		if r.err == nil {
			values = append(values, r.value)
		}
	}
	return values
}
