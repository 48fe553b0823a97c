// Package recorded keeps a run, everything that an engine holds, in a small file and gives it back as an engine: labels,
// kind, help and unit, values, native histograms, staleness markers and times. Queries over the copy answer as over the
// original, so a board can be drawn or compared again at the run's own clock. An hour of three instances of the
// repository's app, scraped every 10 seconds, has less than 500 KB. The package does not scrape, and a run does not go
// on: the copy does not know which targets were scraped.
package recorded

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"time"

	"gaugewright/internal/engine"
)

// Run is a recording that was read.
type Run struct {
	Engine     *engine.Engine
	Start, End time.Time // of the first and the last sample; zero if there is none
}

// magic begins a recording, before compression. Its number changes with the format.
const magic = "gaugewright run 1\n"

// Limits of a recording. A short file may hold a very large one, so they bound the memory that Read needs.
const (
	maxBytes   = 64 << 20  // uncompressed
	maxSamples = 4_000_000 // an hour of the app has 900,000
	maxSeries  = 500_000   // of the app, three instances have 3,000
)

// Write writes what the engine holds. One engine gives the same bytes each time, with one release of Go.
func Write(w io.Writer, e *engine.Engine) error {
	packed, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := packed.Write(encode(e.Stored(), e.Metadata())); err != nil {
		return err
	}
	return packed.Close()
}

// Read reads a recording. Its errors say why it is none; the caller adds which file it is.
func Read(r io.Reader) (Run, error) {
	packed, err := gzip.NewReader(r)
	if err != nil {
		return Run{}, fmt.Errorf("not a recorded run: %w", err)
	}
	plain, err := io.ReadAll(io.LimitReader(packed, maxBytes+1))
	switch {
	case err != nil:
		return Run{}, fmt.Errorf("the recorded run is damaged or cut off: %w", err)
	case len(plain) > maxBytes:
		return Run{}, fmt.Errorf("a recorded run of more than %d MiB", maxBytes>>20)
	}
	body, ok := bytes.CutPrefix(plain, []byte(magic))
	if !ok {
		return Run{}, errors.New("not a recorded run, or one of another version: record it again")
	}
	series, about, err := decode(body)
	if err != nil {
		return Run{}, fmt.Errorf("the recorded run is damaged: %w", err)
	}
	run := Run{}
	if run.Engine, err = engine.New(series); err != nil {
		return Run{}, fmt.Errorf("the recorded run is damaged: %w", err)
	}
	run.Engine.Describe(about)
	run.Start, run.End = span(series)
	return run, nil
}

// span returns the times of the first and the last sample.
func span(all []engine.Series) (start, end time.Time) {
	for _, series := range all {
		if len(series.Samples) == 0 {
			continue
		}
		first, last := series.Samples[0].T, series.Samples[len(series.Samples)-1].T
		if start.IsZero() || first.Before(start) {
			start = first
		}
		if end.IsZero() || last.After(end) {
			end = last
		}
	}
	return start, end
}
