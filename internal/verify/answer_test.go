package verify

import (
	"context"
	"errors"
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
		if errors.Is(err, errTooMany) != want || isRefusal || want && text != "the answers have more than 100000 series, the limit" {
			t.Errorf("%d series: %v", series, err)
		}
	}
}
