package source

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func readAll(ctx context.Context, t *turn, text string) (int, error) {
	n, err := io.Copy(io.Discard, &counted{ReadCloser: io.NopCloser(strings.NewReader(text)), ctx: ctx, turn: t})
	return int(n), err
}

// TestFields: an answer of too many objects and fields is not read to its end. What is within quotes does not count.
func TestFields(t *testing.T) {
	for _, part := range []string{`{},`, `"a":1,`, `{"a\\":"b"},`} {
		text := strings.Repeat(part, maxFields+1)
		n, err := readAll(t.Context(), nil, text+strings.Repeat(" ", 1<<20))
		if err == nil || !strings.Contains(err.Error(), "more than 2097152 objects and fields") || n > len(text)+64<<10 {
			t.Errorf("%s: %d of %d bytes, %v", part, n, len(text), err)
		}
	}
	if _, err := readAll(t.Context(), nil, `["`+strings.Repeat(`{:\"`, maxFields)+`"]`); err != nil {
		t.Error(err)
	}
}

// TestTurns: while one large answer is decoded, another waits. A question that is over takes no turn.
func TestTurns(t *testing.T) {
	one := make(chan struct{}, 1)
	first, second, over := &turn{one: one}, &turn{one: one}, &turn{one: one}
	large := strings.Repeat(" ", maxAtOnce+1)
	if _, err := readAll(t.Context(), first, large); err != nil || !first.isOur {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := readAll(ended, second, large); !errors.Is(err, context.Canceled) || second.isOur {
		t.Errorf("two at a time: %v", err)
	}
	first.end()
	over.end()
	if _, err := readAll(t.Context(), over, large); !errors.Is(err, context.Canceled) || len(one) > 0 {
		t.Errorf("over: %v", err)
	}
	if _, err := readAll(t.Context(), second, large); err != nil || !second.isOur {
		t.Error(err)
	}
}
