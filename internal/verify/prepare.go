package verify

import (
	"context"
	"fmt"
	"slices"
)

// prepare examines a query or a rule's expression before it runs. It reports whether it is worth running: its selectors
// find what it needs, now or perhaps later. It blames the query for what is missing.
func (j *judge) prepare(ctx context.Context, r *result, text string, variables []string) (bool, error) {
	read, err := j.look(ctx, text)
	missing, waiting := "", ""
	if err == nil {
		missing, waiting, err = j.lacks(ctx, read)
	}
	if r.refused(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if why := j.lacksFeature(read); why != "" {
		r.skip(why)
		return false, nil
	}
	r.query, r.labels, r.isBrief = read.query, read.labels, j.isBrief(read)
	var wrong []lack
	if len(read.waits) > 0 {
		wrong = pickedIn(r.answer.Target.Expr, variables).wrong(read)
	}
	for _, note := range read.notes {
		if !slices.ContainsFunc(wrong, func(l lack) bool { return l.note == note }) {
			r.note(note)
		}
	}
	if why := j.noVerdict(r, read, missing); why != "" {
		r.skip(why)
		return false, nil
	}
	if missing == "" && len(wrong) > 0 {
		missing = wrong[0].String() + wrong[0].has
	}
	if missing != "" {
		r.blame(dead, "%s", missing)
		r.lacksMetric = r.lacksMetric || len(read.noMetric) > 0
		return false, nil
	}
	if waiting != "" {
		r.wait(waiting)
	}
	r.blameLabels(read.wrong)
	return true, nil
}

// noVerdict returns why a query is not judged, whatever it misses; else an empty text.
func (j *judge) noVerdict(r *result, read reading, missing string) string {
	if why := j.mayBeRecorded(read); why != "" || missing == "" {
		return why
	}
	return read.unsure(isPrometheus(r.answer.Target.Source))
}

// lacksFeature returns why a query is not judged that works only on a server with a feature enabled; else an empty text.
func (j *judge) lacksFeature(r reading) string {
	if what := r.query.Experimental(); what != "" && !j.isServer() {
		return fmt.Sprintf("%s is experimental: ask a server that has it enabled, with -prometheus", what)
	}
	return ""
}
