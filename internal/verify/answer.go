package verify

import (
	"fmt"

	"gaugewright/internal/source"
)

// maxAnswer is how many series an answer may have. A query may have twice as many over all ranges and copies. Their labels
// are kept until the panel is judged. One with more than ten labels counts as several.
const maxAnswer = 100_000

// errTooMany is not the query's fault: it is not judged.
var errTooMany = &source.Unanswered{Reason: fmt.Sprintf("the answers have more than %d series, the limit", maxAnswer)}

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
