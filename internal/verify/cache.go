package verify

import "sync"

// cache keeps the latest answers by question. If several goroutines have the same question, one asks and the others
// wait. It keeps two generations: when the recent one is full, it becomes the older one, which is forgotten. So memory
// has a limit, and what is asked for again and again stays.
type cache[T any] struct {
	weigh func(T) int // an answer's size, in series with their labels

	mu            sync.Mutex
	recent, older map[string]*remembered[T]
	weight        int // of the recent ones
}

// maxWeight is that of a generation. A series with its labels takes some 400 bytes.
const maxWeight = 50_000

type remembered[T any] struct {
	once   sync.Once
	weight int // guarded by the cache; 0 while it is asked
	value  T
	err    error
}

func (c *cache[T]) get(question string, ask func() (T, error)) (T, error) {
	r := c.remembered(question)
	r.once.Do(func() {
		r.value, r.err = ask()
		c.mu.Lock()
		defer c.mu.Unlock()
		r.weight = 1 + c.weigh(r.value)
		c.add(r.weight)
	})
	return r.value, r.err
}

// remembered returns the place of an answer, which is a recent one from now on.
func (c *cache[T]) remembered(question string) *remembered[T] {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r := c.recent[question]; r != nil {
		return r
	}
	r := c.older[question]
	if r == nil {
		r = &remembered[T]{}
	}
	if c.recent == nil {
		c.recent = map[string]*remembered[T]{}
	}
	c.recent[question] = r
	c.add(r.weight)
	return r
}

// add counts what is kept, and forgets the older answers when that is enough.
func (c *cache[T]) add(weight int) {
	if c.weight += weight; c.weight > maxWeight {
		c.recent, c.older, c.weight = nil, c.recent, 0
	}
}
