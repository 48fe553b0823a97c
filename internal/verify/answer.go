package verify

import (
	"fmt"

	"gaugewright/internal/source"
)

// maxAnswer is how many series an answer may have, and half of what all answers to a query may have. Each ten labels of a series
// count as one more: they are kept until the panel is judged.
const maxAnswer = 100_000

// errTooMany is not the query's fault: it is not judged.
var errTooMany = &source.Unanswered{Reason: fmt.Sprintf("too many series: more than %d in an answer, or twice that over all ranges, where ten labels count as one more; the limit", maxAnswer)}

// answer holds the relevant parts of an answer: not its values, so that the answers to all questions can be kept.
type answer struct {
	series  []map[string]string // labels
	samples int
	finite  int // samples other than NaN and Inf
	remarks []string
	server  []string
}

func summed(a source.Answer) answer {
	made := answer{remarks: a.Remarks, server: a.Server}
	made.samples, made.finite = a.Samples()
	for _, s := range a.Series {
		made.series = append(made.series, s.Labels)
	}
	return made
}

// weight is the number of series, where each ten labels of one count as a series.
func (a answer) weight() int {
	weight := 0
	for _, labels := range a.series {
		weight += 1 + len(labels)/10
	}
	return weight
}
