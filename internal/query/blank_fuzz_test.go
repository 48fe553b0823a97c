package query_test

import (
	"gaugewright/internal/query"
	"testing"
)

// FuzzWhyNaN: whatever is there, the walk ends, and asks few parts, all of them PromQL.
func FuzzWhyNaN(f *testing.F) {
	for _, text := range []string{`a / b`, `a / (b > bool 1)`, `a % scalar(b) / sum(rate(c[1m]))`, `max_over_time((a / -b)[1m:])`, `a / on (x) group_left b`} {
		f.Add(text, uint64(0x5a5a))
	}
	f.Fuzz(func(t *testing.T, text string, answers uint64) {
		q, err := query.Parse(text)
		if err != nil || len(q.Variables()) > 0 {
			return
		}
		asked := 0
		_, err = q.WhyNaN(query.Evidence{Presence: make([]query.Presence, len(q.Selectors())), Ask: func(part string) ([]map[string]string, error) {
			asked++
			if _, err := query.Parse(part); err != nil {
				t.Errorf("%q: asked %q: %v", text, part, err)
			}
			if answers>>(asked%64)&1 == 0 {
				return nil, nil
			}
			return []map[string]string{{}}, nil
		}})
		if err != nil || asked > 64 {
			t.Errorf("%q: %v, %d asked", text, err, asked)
		}
	})
}

// FuzzWhyBlank: whatever is there, the walk ends with a reason and asks few parts.
func FuzzWhyBlank(f *testing.F) {
	for _, c := range blankCases {
		f.Add(c.query, uint64(0x5a5a))
	}
	f.Fuzz(func(t *testing.T, text string, answers uint64) {
		q, err := query.Parse(text)
		if err != nil {
			return
		}
		asked := 0
		presence := make([]query.Presence, len(q.Selectors()))
		for i := range presence {
			presence[i] = query.Presence(answers >> (i % 60) % 5)
		}
		why, err := q.WhyBlank(query.Evidence{Presence: presence, Ask: func(part string) ([]map[string]string, error) {
			asked++
			if answers>>(asked%64)&1 == 0 {
				return nil, nil
			}
			return []map[string]string{{"job": part}}, nil
		}})
		if err != nil || why.Cause == "" || why.String() == "" || asked > 64 {
			t.Errorf("%q: %+v, %v, %d asked", text, why, err, asked)
		}
	})
}
