package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaugewright/internal/query"
)

// blank is why a query has no answer over one of the ranges.
type blank struct {
	over  string
	state State // Dead, if the query itself is wrong
	why   string
	early bool // the query looks at a time for which there are no samples yet
}

// String returns the reason as a note says it.
func (b blank) String() string {
	if b.state == NotJudged {
		return notJudged(b.why)
	}
	return b.why
}

// why returns why a query has no answer. run asks a part of it in the same way.
func (j *judge) why(ctx context.Context, text string, run func(part string) (answer, error)) (blank, error) {
	return j.reason(ctx, text, (*query.Query).WhyBlank, run)
}

// reason returns what one of the walks through a query finds; nothing where that has no cause.
func (j *judge) reason(
	ctx context.Context, text string, walk func(*query.Query, query.Evidence) (query.Blank, error), run func(part string) (answer, error),
) (blank, error) {
	r, err := j.look(ctx, text)
	if err != nil {
		return blank{}, err
	}
	fixed, err := j.fixedLabels(ctx)
	if err != nil {
		return blank{}, err
	}
	b, err := walk(r.query, query.Evidence{Presence: r.presence, Fixed: fixed, Ask: func(part string) ([]map[string]string, error) {
		a, err := run(part)
		return a.series, err
	}})
	if text, isRefusal := reasonOf(err); isRefusal {
		return blank{state: NotJudged, why: "why it is empty is unknown: " + text}, nil
	}
	if err != nil {
		return blank{}, err
	}
	found := blank{state: Empty, why: b.String(), early: b.Cause == query.TooEarly}
	switch {
	case b.Cause == "":
		return blank{}, nil
	case b.IsFault(), b.Cause == query.Ended && j.Observed == 0:
		found.state = Dead
	case b.Cause == query.ByZero:
		found.state = HasData
	case b.Cause == query.NotAsked:
		found.state = NotJudged
	case b.Cause == query.TooEarly && j.Observed > 0:
		found.state, found.why = NotYet, "the observation was too short for "+b.Part
	case slices.Contains([]query.Cause{query.TooEarly, query.Ended, query.NotYet, query.NotNeeded, query.Unpaired}, b.Cause):
		found.state = NotYet
	}
	return found, nil
}

// explain keeps why a panel's query has no answer over a range.
func (j *judge) explain(ctx context.Context, r *result, text string, instant bool, shown, step time.Duration) error {
	b, err := j.why(ctx, text, func(part string) (answer, error) { return j.run(ctx, part, instant, shown, step) })
	if err == nil {
		b.over = spelled(shown)
		r.why = append(r.why, b)
	}
	return err
}

// explainOdd keeps why a panel's query has no numbers over a range.
func (j *judge) explainOdd(ctx context.Context, r *result, text string, instant bool, shown, step time.Duration) error {
	run := func(part string) (answer, error) { return j.run(ctx, part, instant, shown, step) }
	b, err := j.whyNaN(ctx, text, run, map[string]bool{})
	if r.oddWhy.why == "" || b.state == Dead {
		r.oddWhy = b
	}
	return err
}

// whyNaN returns why a query has no numbers: itself, or the rule whose record it reads. seen are the records so far.
func (j *judge) whyNaN(ctx context.Context, text string, run func(part string) (answer, error), seen map[string]bool) (blank, error) {
	b, err := j.reason(ctx, text, (*query.Query).WhyNaN, run)
	if err != nil || b.why != "" {
		return b, err
	}
	r, err := j.look(ctx, text)
	if err != nil {
		return blank{}, err
	}
	for _, s := range r.query.Selectors() {
		if seen[s.Metric] {
			continue
		}
		seen[s.Metric] = true
		for _, recorded := range j.records[s.Metric] {
			a, err := j.now(ctx)(recorded)
			if err != nil || a.samples == 0 || a.finite > 0 {
				return blank{}, err
			}
			if b, err := j.whyNaN(ctx, recorded, j.now(ctx), seen); err != nil || b.why != "" {
				return b, err
			}
		}
	}
	return blank{}, nil
}

// now asks a part of a rule's expression.
func (j *judge) now(ctx context.Context) func(part string) (answer, error) {
	return func(part string) (answer, error) { return j.run(ctx, part, true, 0, 0) }
}

// concludeBlank sets the state of a query without an answer over some range.
func (r *result) concludeBlank() {
	var over []string
	for _, b := range r.why {
		if b.state == Dead {
			over = append(over, b.over)
		}
	}
	first := r.why[0]
	if over != nil {
		first = r.why[slices.IndexFunc(r.why, func(b blank) bool { return b.state == Dead })]
	}
	full := slices.DeleteFunc(slices.Compact(r.full), func(shown string) bool { return slices.Contains(r.blank, shown) })
	switch {
	case over != nil && len(full) > 0:
		r.blame(window, "no answer over %s: %s; over %s it has data", strings.Join(slices.Compact(over), ", "), first.why,
			strings.Join(full, ", "))
	case over != nil:
		r.State = Dead
		r.blame(dead, "no answer over %s: %s; correct the query, or say in the panel's \"no value\" text why it may be empty",
			strings.Join(slices.Compact(over), ", "), first.why)
	case r.Samples > 0:
		first.why = fmt.Sprintf("over %s: %s", first.over, first.why)
		r.note(first.String())
	default:
		r.State, r.Why = first.state, first.why
		if first.state != Empty && first.state != NotJudged { // which is noted anyway
			r.note(first.why)
		}
	}
}

// concludeRecord sets the state of a recording rule that records nothing.
func (r *result) concludeRecord(b blank) {
	r.State, r.Why = b.state, b.why
	switch b.state {
	case Dead:
		r.blame(dead, "it records nothing: %s", b.why)
	case NotJudged: // noted anyway
	default:
		r.note("it records nothing: " + b.why)
	}
}

// notRecorded returns why a recording rule has recorded nothing, where that is not the rule's fault.
func (j *judge) notRecorded(ctx context.Context, text string) (string, error) {
	a, err := j.now(ctx)(text)
	if err != nil || a.samples > 0 {
		return "", err
	}
	b, err := j.why(ctx, text, j.now(ctx))
	if b.state == Dead {
		return "", err
	}
	return b.why, err
}

// blameOdd reports an answer without a number, unless that is as it should be now.
func (r *result) blameOdd(text string) {
	switch {
	case r.oddWhy.why != "" && r.oddWhy.state != Dead:
		r.State, r.Why = r.oddWhy.state, r.oddWhy.why
		if r.State != Empty && r.State != NotJudged {
			r.note(text + ": " + r.Why)
		}
	case r.oddWhy.why != "":
		r.blame(notNumbers, "%s: %s", text, r.oddWhy.why)
	case r.isBrief:
		r.note(text + ": the observation was short, and no such event happened")
	default:
		r.blame(notNumbers, "%s", text)
	}
}
