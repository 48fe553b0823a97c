package lint

import (
	"time"

	"github.com/prometheus/common/model"

	"gaugewright/internal/query"
)

// fixed reads a range or an offset as written; false for one with a variable in it.
func fixed(written string) (time.Duration, bool) {
	d, err := model.ParseDuration(written)
	return time.Duration(d), err == nil && d > 0
}

// rangeSpan returns where the range of a selector is written, without its brackets.
func rangeSpan(q *Query, s *query.Part) query.Span {
	for i := s.Span.Start; i < s.Span.End; i++ {
		if q.Text[i] != '[' {
			continue
		}
		if end := i + 1 + len(s.Selector.Range); end < s.Span.End && q.Text[i+1:end] == s.Selector.Range && q.Text[end] == ']' {
			return query.Span{Start: i + 1, End: end}
		}
	}
	return s.Span
}

// short writes a duration as people do: 5m.
func short(d time.Duration) string { return model.Duration(d).String() }
