package verify

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
	"gaugewright/internal/report"
	"gaugewright/internal/source"
)

// result collects the verdict on one query.
type result struct {
	Judged
	findings []report.Finding
	notes    []report.Finding
	answer   view.Answer
	weight   int          // of its series
	query    *query.Query // with values; nil if it was not read
	labels   query.LabelSet
	others   query.LabelSet // that it could have with other values of the variables; set if the legend names any
	full     []string       // ranges with an answer
	blank    []string       // ranges without an answer
	why      []blank        // of each of them, unless the panel says why
	excused  bool           // the panel says why there may be no value
	odd      []string       // ranges with only NaN and Inf
	oddWhy   blank          // why, where that is known
	waiting  string         // what has not happened yet and has no series
	isBrief  bool           // the target was observed too briefly for a verdict on a share of events
	unjudged string         // why there is no verdict; else empty
	errors   []report.Finding

	lacksMetric bool // it needs a metric that does not exist
}

func (r *result) blame(k report.Kind, format string, args ...any) {
	f := report.Finding{Place: r.Place, Kind: k, Text: fmt.Sprintf(format, args...)}
	if !slices.Contains(r.findings, f) {
		r.findings = append(r.findings, f)
	}
}

func (r *result) note(text string) {
	f := report.Finding{Place: r.Place, Text: text}
	if !slices.Contains(r.notes, f) {
		r.notes = append(r.notes, f)
	}
}

// blameLabels reports the labels that no series has. Where the answer is the same without them, that is a note: rules for
// many places name labels that only some of them have.
func (r *result) blameLabels(problems []query.Problem) {
	for _, p := range problems {
		if p.Harmless {
			r.note("label: " + p.Message)
			continue
		}
		r.blame(label, "%s", p.Message)
	}
}

// wait notes that there is nothing yet, and why.
func (r *result) wait(text string) {
	r.waiting = text
	r.note(text)
}

// skip leaves the query without a verdict.
func (r *result) skip(why string) { r.unjudged = cmp.Or(r.unjudged, why) }

// reasonOf returns the reason in an error that ends only one question; else an empty text. isRefusal reports whether the
// query itself is to blame: the source refused it. Else the question had no answer this time.
func reasonOf(err error) (text string, isRefusal bool) {
	var refused *source.Refused
	var unanswered *source.Unanswered
	switch {
	case errors.As(err, &unanswered):
		return unanswered.Reason, false
	case errors.As(err, &refused):
		return refused.Reason, true
	}
	return "", false
}

// refused handles an error that ends only one question. It returns false for others.
func (r *result) refused(err error) bool {
	text, isRefusal := reasonOf(err)
	switch {
	case isRefusal:
		r.blame(broken, "%s", text)
	case text != "":
		r.skip(text)
		r.errors = append(r.errors, unanswered(r.Place, text))
	}
	return text != ""
}

// unanswered is the error of a question without an answer.
func unanswered(at report.Place, why string) report.Finding {
	return report.Finding{Place: at, Kind: report.NoAnswer, Text: why}
}

// take examines the answer for one range.
func (r *result) take(a answer, shown time.Duration) {
	r.Series, r.Samples = max(r.Series, len(a.series)), max(r.Samples, a.samples)
	r.remark(a)
	switch {
	case a.samples == 0:
		r.blank = append(r.blank, spelled(shown))
	case a.finite == 0:
		r.odd = append(r.odd, spelled(shown))
	}
	if a.samples > 0 {
		r.full = append(r.full, spelled(shown))
	}
	r.answer.Series = append(r.answer.Series, a.series...)
}

// harmless are PromQL's remarks that are only notes. A counter can have any name. That a range query is not sorted does
// no harm: Grafana sorts legends and tables itself.
var harmless = []string{"metric might not be a counter", "sort is ineffective for range queries"}

// remark reports PromQL's remarks, and notes what a server says about itself.
func (r *result) remark(a answer) {
	for _, text := range a.remarks {
		if slices.ContainsFunc(harmless, func(part string) bool { return strings.Contains(text, part) }) {
			r.note(text)
			continue
		}
		r.blame(remark, "%s", text)
	}
	for _, text := range a.server {
		r.note("the server says: " + text)
	}
}

// shownCopies is how many copies of a repeated panel are named that are dead.
const shownCopies = 5

// foldDead counts the dead copies of a repeated panel after the first ones.
func (r *result) foldDead() {
	var kept []report.Finding
	count, last := 0, 0
	for _, f := range r.findings {
		if f.Kind == dead {
			if count++; count > shownCopies {
				continue
			}
			last = len(kept)
		}
		kept = append(kept, f)
	}
	if count > shownCopies {
		kept[last].Text += fmt.Sprintf("; and %d more of the panel's copies are dead", count-shownCopies)
		r.findings = kept
	}
}

// isBlamed reports whether the query is known to be dead.
func (r *result) isBlamed() bool {
	return slices.ContainsFunc(r.findings, func(f report.Finding) bool { return f.Kind == dead || f.Kind == broken })
}

// conclude sets the query's State after all ranges, and judges the legend.
func (r *result) conclude(noValue string) {
	r.State = HasData
	r.answer.Labels = r.labels.Names
	switch {
	case r.isBlamed():
		r.State = Dead
	case r.unjudged != "":
		r.State, r.Why = NotJudged, r.unjudged
	case r.waiting != "":
		r.State, r.Why = NotYet, r.waiting
	case r.blank != nil && r.excused:
		r.State, r.Why = Empty, noValue
	case r.why != nil:
		r.concludeBlank()
	}
	if r.odd != nil {
		r.blameOdd("only NaN and Inf over " + strings.Join(r.odd, ", "))
	}
	if t := r.answer.Target; t.Format != "table" && !t.Hidden && r.State != Dead && r.State != NotJudged {
		r.judgeLegend(t.Legend)
	}
}

// excuses reports whether a text explains why there is no value. "No data" alone explains nothing.
func excuses(noValue string) bool {
	switch strings.ToLower(strings.TrimSpace(noValue)) {
	case "n/a", "na", "null", "nan", "no data", "no value", "unknown":
		return false
	}
	return strings.ContainsFunc(noValue, func(c rune) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c > 127 })
}

// spelled writes a duration as Grafana's picker does.
func spelled(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
