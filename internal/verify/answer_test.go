package verify

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/source"
)

// wide is a source of answers with many series.
type wide struct {
	source.Source
	series int
}

func (w wide) Instant(context.Context, string, time.Time) (source.Answer, error) {
	return source.Answer{Series: make([]source.Series, w.series)}, nil
}

// TestTooManySeries: an answer of more series than the limit is not judged, and not called wrong.
func TestTooManySeries(t *testing.T) {
	for series, want := range map[int]bool{maxAnswer: false, maxAnswer + 1: true} {
		_, err := newJudge(wide{series: series}, judging{}).run(t.Context(), "a", true, 0, 0)
		text, isRefusal := reasonOf(err)
		if errors.Is(err, errTooMany) != want || isRefusal || want && !strings.HasPrefix(text, "too many series: more than 100000 in an answer") {
			t.Errorf("%d series: %v", series, err)
		}
	}
}

// TestWeight: labels count, too.
func TestWeight(t *testing.T) {
	labels := map[string]string{}
	for i := range 25 {
		labels[string(rune('a'+i))] = "x"
	}
	if got := (answer{series: []map[string]string{labels, nil}}).weight(); got != 1+2+1 {
		t.Errorf("weight %d", got)
	}
}
