// Package source answers PromQL, with labels and values: the engine in this process, or a server with Prometheus's API.
// For a server it has what that needs: log-in, a limit of time and size, a second try where the server is busy or fails, and the
// secrets that must not be printed. It does not judge answers, fill the engine, or know boards.
package source

import (
	"context"
	"math"
	"time"

	"gaugewright/internal/engine"
)

// Source answers questions about series. A *Refused error is about the query, an *Unanswered error about this one
// question; any other error ends the work.
type Source interface {
	// LabelValues returns the values of a label in the series that a selector finds, or in all series where it is empty.
	LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error)
	// LabelNames returns the names of all labels.
	LabelNames(ctx context.Context, from, to time.Time) ([]string, error)
	// Series returns the labels, with __name__, of the series that a selector finds.
	Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error)
	// Instant returns the result of a query at one time.
	Instant(ctx context.Context, query string, at time.Time) (Answer, error)
	// Range returns the result of a query from start to end.
	Range(ctx context.Context, query string, start, end time.Time, step time.Duration) (Answer, error)
	// Parallel returns how many questions may be asked at once.
	Parallel() int
}

// Refused is the error of a query that the source rejects: not PromQL, or too much to compute.
type Refused struct{ Reason string }

func (r *Refused) Error() string { return r.Reason }

// Unanswered is the error of a question without an answer: the server was too busy, failed, or did not answer in time. Other
// questions may have one.
type Unanswered struct{ Reason string }

func (u *Unanswered) Error() string { return u.Reason }

// Series and Sample are the engine's, so its results are not copied. A scalar is one series without labels. In a sample
// from a server, a histogram has the server's buckets.
type (
	Series = engine.Series
	Sample = engine.Sample
)

// Answer is the result of a query.
type Answer struct {
	Series  []Series
	Remarks []string // PromQL's warnings and infos
	Server  []string // a server's remarks on itself: that the answer is partial
}

// Samples returns the number of samples, and how many of them are other than NaN and Inf.
func (a Answer) Samples() (all, finite int) {
	for _, s := range a.Series {
		all += len(s.Samples)
		for _, sample := range s.Samples {
			if sample.H != nil || !math.IsNaN(sample.V) && !math.IsInf(sample.V, 0) {
				finite++
			}
		}
	}
	return all, finite
}

// Bucket is a bucket of a native histogram: how many observations are between two values.
type Bucket struct{ Lower, Upper, Count float64 }

// Buckets returns the buckets of a sample that have observations, in order. It returns none for a plain value.
func Buckets(s Sample) []Bucket {
	if s.H == nil {
		return nil
	}
	var all []Bucket
	for buckets := s.H.AllBucketIterator(); buckets.Next(); {
		if b := buckets.At(); b.Count != 0 {
			all = append(all, Bucket{b.Lower, b.Upper, b.Count})
		}
	}
	return all
}
