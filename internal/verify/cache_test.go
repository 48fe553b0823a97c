package verify

import (
	"errors"
	"fmt"
	"sync"
	"testing"
)

// heavy is a cache of answers of which a generation holds ten.
func heavy() *cache[int] { return &cache[int]{weigh: func(int) int { return maxWeight/10 - 1 }} }

// count asks for a number and counts how often it is asked.
func (c *cache[T]) count(asked map[string]int, question string, value T) T {
	got, _ := c.get(question, func() (T, error) { asked[question]++; return value, nil })
	return got
}

func TestCacheAsksOnce(t *testing.T) {
	c, asked := heavy(), map[string]int{}
	for range 3 {
		if got := c.count(asked, "a", 5); got != 5 || asked["a"] != 1 {
			t.Errorf("got %d, asked %d times", got, asked["a"])
		}
	}
}

// TestCacheForgets: of many answers, those stay that are asked for again and again, and no more than two generations.
func TestCacheForgets(t *testing.T) {
	c, asked := heavy(), map[string]int{}
	for i := range 1000 {
		c.count(asked, "often", 1)
		c.count(asked, fmt.Sprint(i), i)
		if kept := len(c.recent) + len(c.older); kept > 22 {
			t.Fatalf("%d answers are kept", kept)
		}
	}
	if asked["often"] != 1 {
		t.Errorf("what is asked for again and again was asked %d times", asked["often"])
	}
	if c.count(asked, "0", 7) != 7 {
		t.Error("the oldest answer is still there")
	}
}

// TestCacheOfOneGreatAnswer: an answer that is larger than a generation is given, and does not stay long.
func TestCacheOfOneGreatAnswer(t *testing.T) {
	c, asked := &cache[int]{weigh: func(n int) int { return n }}, map[string]int{}
	c.count(asked, "great", 2*maxWeight)
	if c.count(asked, "great", 0) != 2*maxWeight || asked["great"] != 1 {
		t.Error("it was forgotten at once")
	}
	for i := range 2 {
		c.count(asked, fmt.Sprint(i), maxWeight)
	}
	if c.count(asked, "great", 3); asked["great"] != 2 {
		t.Error("it stays")
	}
}

// TestCacheIsShared: several goroutines with the same question wait for one answer, or one error.
func TestCacheIsShared(t *testing.T) {
	c, cause := heavy(), errors.New("broken")
	var mu sync.Mutex
	asked := 0
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			_, err := c.get("q", func() (int, error) {
				mu.Lock()
				defer mu.Unlock()
				asked++
				return 0, cause
			})
			if err != cause {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}
