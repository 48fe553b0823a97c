package main

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"
)

// root is the repository's root, where the commands run.
const root = "../.."

// stand is the service in this process, scraped, with the repository's own boards and rules: what verify judges by
// default. All tests share one, and none changes it.
type stand struct {
	files  files
	source memory
	end    time.Time
}

var theStand = sync.OnceValues(func() (*stand, error) { return makeStand(5 * time.Minute) })

// makeStand scrapes for the given time: every other minute, and in the last five minutes at the usual interval.
func makeStand(long time.Duration) (*stand, error) {
	f, err := ownFiles()
	if err != nil {
		return nil, err
	}
	h, err := newHistory(f)
	if err != nil {
		return nil, err
	}
	end := time.Now().Truncate(time.Millisecond)
	var times []time.Time
	for ago := long; ago >= 0; {
		times = append(times, end.Add(-ago))
		if ago > 5*time.Minute {
			ago -= 2 * time.Minute
		} else {
			ago -= h.interval
		}
	}
	h.pause = 600 * time.Millisecond / time.Duration(len(times))
	return &stand{f, memory{engine: h.engine}, end}, h.runAppAt(context.Background(), times)
}

// ownFiles returns the repository's own boards and rules.
func ownFiles() (files, error) {
	folder, err := os.Getwd()
	if err != nil {
		return files{}, err
	}
	if err := os.Chdir(root); err != nil {
		return files{}, err
	}
	defer os.Chdir(folder)
	return options{}.read()
}

func newStand(t testing.TB) *stand {
	t.Helper()
	s, err := theStand()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *stand) judge() *judge { return newJudge(s.source, options{}.judging(s.files, s.end)) }

func (s *stand) report(t testing.TB) *report {
	t.Helper()
	r, err := s.judge().report(t.Context(), s.files, &progress{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
